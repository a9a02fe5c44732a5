"""Tests: one file a step, one promise a test."""
