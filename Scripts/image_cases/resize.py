#!/usr/bin/env python3
"""Makes Tests/StanceImagingTests/Fixtures/resize.json: what Pillow and OpenCV make of a picture.

Needs numpy, Pillow and OpenCV 3.4 (whose warpPerspective MediaPipe was built with). The picture is
computed, value = (x * 37 + y * 91 + channel * 53 + x * y * 11) mod 256, so only results are kept, as
hexadecimal RGB rows from the top.
"""
import json
import math
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

OUT = Path(__file__).parents[2] / "Tests/StanceImagingTests/Fixtures/resize.json"


def picture(width, height):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return ((x * 37 + y * 91 + c * 53 + x * y * 11) % 256).astype(np.uint8)


def warp(image, region, size, border):
    """MediaPipe's image-to-tensor step on a region (centre, size, rotation in radians)."""
    center_x, center_y, width, height, rotation = region
    corners = cv2.boxPoints(((center_x, center_y), (width, height), rotation * 180 / math.pi))
    target = np.float32([[0, size[1]], [0, 0], [size[0], 0], [size[0], size[1]]])
    matrix = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border)


cases = []


def keep(method, source, result, **more):
    cases.append(dict(method=method, source=[source.shape[1], source.shape[0]],
                      target=[result.shape[1], result.shape[0]],
                      result=np.ascontiguousarray(result).tobytes().hex(), **more))


for source_size in [(7, 5), (13, 1), (1, 9), (31, 22)]:
    source = picture(*source_size)
    image = Image.fromarray(source)
    for size in [(3, 2), (11, 9), (1, 1), (7, 5), (5, 16)]:
        keep("nearest", source, np.asarray(image.resize(size, Image.NEAREST)))
        keep("triangle", source, np.asarray(image.resize(size, Image.BILINEAR)))
        keep("bilinear", source, cv2.resize(source, size, interpolation=cv2.INTER_LINEAR))
        if size[0] <= source_size[0] and size[1] <= source_size[1]:
            keep("area", source, cv2.resize(source, size, interpolation=cv2.INTER_AREA))
for region in [(15.5, 11, 31, 22, 0), (15.5, 11, 31, 31, 0), (10.3, 8.8, 12.5, 17.25, 0.7),
               (2, 20, 30, 30, -2.4), (15, 11, 6.1, 6.1, 3.0)]:
    source = picture(31, 22)
    for name, border in [("zero", cv2.BORDER_CONSTANT), ("replicated", cv2.BORDER_REPLICATE)]:
        for size in [(8, 8), (20, 14)]:
            keep("openCVWarp", source, warp(source, region, size, border), region=region,
                 border=name)
OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
