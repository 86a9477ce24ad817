"""How well pages are read: kind, fields, accepted fields, text, codes and zones against a folder's `truth.jsonl`."""
