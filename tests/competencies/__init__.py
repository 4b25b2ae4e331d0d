"""Tests of this app through the database and its pages."""
