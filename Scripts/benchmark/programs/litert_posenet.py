"""PoseNet for one person as articles do it with LiteRT, Pillow and NumPy:
`litert_posenet.py MODEL FOLDER OUT`. Prints the seconds that it took once everything was imported."""

import json
import os
import sys
import time

import numpy as np
from PIL import Image
from ai_edge_litert.interpreter import Interpreter

begin = time.perf_counter()
model, folder, out = sys.argv[1:]

interpreter = Interpreter(model_path=model, num_threads=1)
interpreter.allocate_tensors()
input_details = interpreter.get_input_details()[0]
output_details = interpreter.get_output_details()
_, height, width, _ = input_details["shape"]


def output(index):
    details = output_details[index]
    values = interpreter.get_tensor(details["index"])[0].astype(np.float32)
    scale, zero_point = details["quantization"]
    return (values - zero_point) * scale if scale else values


with open(out, "w") as results:
    for name in sorted(os.listdir(folder)):
        image = Image.open(os.path.join(folder, name)).convert("RGB")
        picture = np.asarray(image.resize((width, height)))
        if input_details["dtype"] == np.float32:
            picture = (picture.astype(np.float32) - 127.5) / 127.5
        interpreter.set_tensor(input_details["index"], picture[np.newaxis])
        interpreter.invoke()

        heatmaps, offsets = output(0), output(1)
        rows, columns, count = heatmaps.shape
        keypoints = []
        for k in range(count):
            row, column = np.unravel_index(np.argmax(heatmaps[:, :, k]), (rows, columns))
            y = row / (rows - 1) * (height - 1) + offsets[row, column, k]
            x = column / (columns - 1) * (width - 1) + offsets[row, column, k + count]
            score = 1 / (1 + np.exp(-heatmaps[row, column, k]))
            keypoints.append([
                float(x) * image.width / width, float(y) * image.height / height, float(score)])
        results.write(json.dumps({"source": name, "keypoints": keypoints}) + "\n")

print(time.perf_counter() - begin)
