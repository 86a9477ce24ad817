"""Moving a hub of one machine to another database and another place for its pages, whole or not at all."""
