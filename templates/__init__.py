"""The words and the look of the issue: templates, style sheets, labels in every language of the interface."""
