"""Trains the line finder: synthetic pages, the network, the training run and the export to ONNX."""
