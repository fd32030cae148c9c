"""BlazePose with mediapipe's own interface for photos: `mediapipe_pose.py FOLDER OUT`. Prints the
seconds that it took once everything was imported."""

import json
import os
import sys
import time

import cv2
import mediapipe as mp

begin = time.perf_counter()
folder, out = sys.argv[1:]
cv2.setNumThreads(1)

with mp.solutions.pose.Pose(static_image_mode=True, model_complexity=1) as pose, \
        open(out, "w") as results:
    for name in sorted(os.listdir(folder)):
        image = cv2.imread(os.path.join(folder, name))
        found = pose.process(cv2.cvtColor(image, cv2.COLOR_BGR2RGB)).pose_landmarks
        height, width = image.shape[:2]
        keypoints = [[point.x * width, point.y * height, point.visibility]
                     for point in found.landmark] if found else []
        results.write(json.dumps({"source": name, "keypoints": keypoints}) + "\n")

print(time.perf_counter() - begin)
