"""The learned layer: small integer weights for named features, loaded from the package and summed in plain Python."""

from zgoda.model.weights import Weights, load_weights, pack_weights

__all__ = ["Weights", "load_weights", "pack_weights"]
