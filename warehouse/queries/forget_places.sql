-- Who was put into a story for what it shares with the article is to be placed again.
update base.story_articles set against = '', why = '', rule_version = '' where against = $id;
