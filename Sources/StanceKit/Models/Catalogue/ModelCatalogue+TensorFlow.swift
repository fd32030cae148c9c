extension ModelCatalogue {
  private static let tfLite =
    "https://storage.googleapis.com/download.tensorflow.org/models/tflite/"
  private static let hub =
    "https://storage.googleapis.com/tfhub-lite-models/google/lite-model/movenet/"

  static let poseNet = [
    CatalogueModel(
      "posenet_mobilenet_v1_100_257x257_multi_kpt_stripped", family: "posenet",
      purpose: "17 keypoints, the model of TensorFlow Lite's articles",
      origin: .address(
        tfLite + "posenet_mobilenet_v1_100_257x257_multi_kpt_stripped.tflite")),
    CatalogueModel(
      "multi_person_mobilenet_v1_075_float", family: "posenet",
      purpose: "17 keypoints and a person mask, the article's model for GPUs",
      origin: .address(tfLite + "gpu/multi_person_mobilenet_v1_075_float.tflite")),
  ]

  static let moveNet = [
    CatalogueModel(
      "movenet_lightning_int8", family: "movenet",
      purpose: "17 keypoints of one person, the fastest",
      origin: .address(hub + "singlepose/lightning/tflite/int8/4.tflite")),
    CatalogueModel(
      "movenet_lightning_float16", family: "movenet",
      purpose: "17 keypoints of one person, fast",
      origin: .address(hub + "singlepose/lightning/tflite/float16/4.tflite")),
    CatalogueModel(
      "movenet_thunder_int8", family: "movenet",
      purpose: "17 keypoints of one person, more accurate",
      origin: .address(hub + "singlepose/thunder/tflite/int8/4.tflite")),
    CatalogueModel(
      "movenet_thunder_float16", family: "movenet",
      purpose: "17 keypoints of one person, the most accurate",
      origin: .address(hub + "singlepose/thunder/tflite/float16/4.tflite")),
    CatalogueModel(
      "movenet_multipose_lightning_float16", family: "movenet",
      purpose: "17 keypoints and a box each of up to six people",
      origin: .address(hub + "multipose/lightning/tflite/float16/1.tflite")),
    CatalogueModel(
      "movenet_single_pose_lightning_ptq", family: "movenet",
      purpose: "Lightning as Coral published it, uint8 in", byteCount: 2_894_840,
      sha256: "cd7cc22fa946e5d146a7b98d496853e1923e22828d3972d579973f27f91bb105",
      origin: .address(
        "https://github.com/google-coral/test_data/raw/master/"
          + "movenet_single_pose_lightning_ptq.tflite")),
  ]
}
