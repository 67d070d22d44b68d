"""Writes all-MiniLM-L6-v2 as an ONNX model, from its weights.

    minilm.py WEIGHTS DESTINATION

WEIGHTS is a folder with `model.safetensors`, `config.json` and the tokenizer's files, as sentence-transformers keeps
them. The graph is BERT (Devlin et al., 2019) in standard ONNX operators; pooling is left to the reader.
"""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

COPIED = ["config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "1_Pooling/config.json"]
OPSET = 20  # the first with Gelu
IR_VERSION = 10


class Graph:
    """Nodes and weights; every method gives the name of what it adds."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes = []
        self.constants = {}

    def constant(self, name, value):
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name):
        return self.constant(name, self.weights[name].astype(np.float32))

    def add(self, op, inputs, **attributes):
        output = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    def linear(self, x, prefix):
        transposed = self.constant(f"{prefix}.weight.T", self.weights[f"{prefix}.weight"].astype(np.float32).T)
        return self.add("Add", [self.add("MatMul", [x, transposed]), self.weight(f"{prefix}.bias")])

    def norm(self, x, prefix, epsilon):
        scale, bias = self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias")
        return self.add("LayerNormalization", [x, scale, bias], axis=-1, epsilon=epsilon)

    def heads(self, x, heads, size, perm):
        shape = self.constant("heads", np.array([0, 0, heads, size], dtype=np.int64))
        return self.add("Transpose", [self.add("Reshape", [x, shape])], perm=perm)


def embeddings(graph, config):
    """Words, their places, and their segments, summed."""
    words = graph.add("Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"])
    segments = graph.add("Gather", [graph.weight("embeddings.token_type_embeddings.weight"), "token_type_ids"])
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    one = graph.constant("one", np.array([1], dtype=np.int64))
    length = graph.add("Shape", ["input_ids"], start=1, end=2)
    table = graph.weight("embeddings.position_embeddings.weight")
    places = graph.add("Slice", [table, zero, length, zero, one])
    total = graph.add("Add", [graph.add("Add", [words, segments]), places])
    return graph.norm(total, "embeddings.LayerNorm", config["layer_norm_eps"])


def layer(graph, x, mask, number, config):
    """Attention and two linear maps, each added to what went in."""
    prefix = f"encoder.layer.{number}"
    heads = config["num_attention_heads"]
    size = config["hidden_size"] // heads
    epsilon = config["layer_norm_eps"]
    query, key, value = (graph.linear(x, f"{prefix}.attention.self.{part}") for part in ("query", "key", "value"))
    scores = graph.add(
        "MatMul", [graph.heads(query, heads, size, [0, 2, 1, 3]), graph.heads(key, heads, size, [0, 2, 3, 1])]
    )
    scale = graph.constant("scale", np.array(size**-0.5, dtype=np.float32))
    weights = graph.add("Softmax", [graph.add("Add", [graph.add("Mul", [scores, scale]), mask])], axis=-1)
    seen = graph.add("MatMul", [weights, graph.heads(value, heads, size, [0, 2, 1, 3])])
    flat = graph.constant("flat", np.array([0, 0, config["hidden_size"]], dtype=np.int64))
    seen = graph.add("Reshape", [graph.add("Transpose", [seen], perm=[0, 2, 1, 3]), flat])
    seen = graph.linear(seen, f"{prefix}.attention.output.dense")
    x = graph.norm(graph.add("Add", [seen, x]), f"{prefix}.attention.output.LayerNorm", epsilon)
    inner = graph.add("Gelu", [graph.linear(x, f"{prefix}.intermediate.dense")])
    inner = graph.linear(inner, f"{prefix}.output.dense")
    return graph.norm(graph.add("Add", [inner, x]), f"{prefix}.output.LayerNorm", epsilon)


def model(weights, config):
    graph = Graph(weights)
    mask = graph.add("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    axes = graph.constant("axes", np.array([1, 2], dtype=np.int64))
    hidden = graph.add("Sub", [graph.constant("whole", np.array(1, dtype=np.float32)), mask])
    lowest = graph.constant("lowest", np.array(np.finfo(np.float32).min, dtype=np.float32))
    mask = graph.add("Mul", [graph.add("Unsqueeze", [hidden, axes]), lowest])
    x = embeddings(graph, config)
    for number in range(config["num_hidden_layers"]):
        x = layer(graph, x, mask, number, config)
    graph.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    shape = ["batch", "sequence"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, config["hidden_size"]])
    made = helper.make_graph(graph.nodes, "bert", inputs, [output], list(graph.constants.values()))
    opset = helper.make_opsetid("", OPSET)
    made = helper.make_model(made, opset_imports=[opset], ir_version=IR_VERSION, producer_name="stepwell")
    onnx.checker.check_model(made)
    return made


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, destination = Path(sys.argv[1]), Path(sys.argv[2])
    weights = load_file(source / "model.safetensors")
    weights = {name.removeprefix("bert."): value for name, value in weights.items()}
    config = json.loads((source / "config.json").read_text())
    for name in COPIED:
        (destination / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, destination / name)
    onnx.save(model(weights, config), destination / "model.onnx")


main()
