#!/usr/bin/env python3
"""Makes the results of MediaPipe that the tests of hands and faces compare with.

    hands_and_face.py [--every N] OUTPUT PICTURE...

Runs mediapipe's hands, face mesh (without attention) and holistic solutions in static image mode, a
fresh one for each picture, as holistic follows hands and faces from one picture to the next even
then. Writes for each picture, in pixels: hands with MediaPipe's own label (it calls hands as they are
in a mirror) and faces of the whole picture, and of one person the body's landmarks, hands and face.
Needs the packages of Scripts/benchmark/requirements-mediapipe.txt on Python 3.11.
"""

import argparse
import json
import pathlib

import mediapipe
import numpy as np
from PIL import Image

MOST = 20


def points(landmarks, size, every=1):
    """[[x, y], ...] in pixels, to a tenth; None where nothing was found."""
    if landmarks is None:
        return None
    width, height = size
    return [
        [round(p.x * width, 1), round(p.y * height, 1)] for p in landmarks.landmark[::every]
    ]


def results(path, every):
    solutions = mediapipe.solutions
    image = Image.open(path).convert("RGB")
    pixels, size = np.asarray(image), image.size
    with solutions.hands.Hands(static_image_mode=True, max_num_hands=MOST) as model:
        found = model.process(pixels)
    hands = [
        {"label": handedness.classification[0].label, "points": points(landmarks, size)}
        for handedness, landmarks in zip(
            found.multi_handedness or [], found.multi_hand_landmarks or [])
    ]
    with solutions.face_mesh.FaceMesh(static_image_mode=True, max_num_faces=MOST) as model:
        found = model.process(pixels)
    faces = [points(landmarks, size, every) for landmarks in found.multi_face_landmarks or []]
    with solutions.holistic.Holistic(static_image_mode=True) as model:
        found = model.process(pixels)
    return {
        "image": pathlib.Path(path).name, "width": size[0], "height": size[1],
        "every": every,
        "hands": hands, "faces": faces,
        "person": {
            "body": points(found.pose_landmarks, size),
            "left_hand": points(found.left_hand_landmarks, size),
            "right_hand": points(found.right_hand_landmarks, size),
            "face": points(found.face_landmarks, size, every),
        },
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=3)
    parser.add_argument("output")
    parser.add_argument("pictures", nargs="+")
    arguments = parser.parse_args()
    cases = [
        json.dumps(results(path, arguments.every), separators=(",", ":"))
        for path in arguments.pictures
    ]
    pathlib.Path(arguments.output).write_text("[\n" + ",\n".join(cases) + "\n]\n")


main()
