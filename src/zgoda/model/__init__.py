"""The learned layer: small integer weights for named features, loaded from the package and summed in plain Python."""

from zgoda.model.weights import MIDDLE, Lanes, Weights, load_weights, pack_weights

__all__ = ["MIDDLE", "Lanes", "Weights", "load_weights", "pack_weights"]
