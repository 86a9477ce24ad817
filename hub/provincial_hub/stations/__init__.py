"""The stations and their people: who may speak, by which keys, who works there, and how each of them is."""
