"""The files of models: found and opened, or said by name to be missing or damaged."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from station.errors import ResourceError


def model_file(models: Path, name: str) -> Path:
    """Raises `ResourceError("resource.no_model")` when there is no such file."""
    file = models / name
    if not file.is_file():
        raise ResourceError("resource.no_model", file=name)
    return file


def network(models: Path, name: str) -> Any:
    """A network in ONNX Runtime, resident; one thread, which is the caller's.

    Raises `ResourceError`: `resource.no_model`, or `resource.bad_model` where the file is no whole network.
    """
    file = model_file(models, name)
    # Its makers' builds write an id into the home folder and report to them unless they are told not to.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # it has some ten classes of its own, which have no other parent
        raise ResourceError("resource.bad_model", file=name) from error
