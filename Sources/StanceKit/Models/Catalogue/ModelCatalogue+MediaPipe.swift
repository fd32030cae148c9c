extension ModelCatalogue {
  private static let wheel = "mediapipe==0.10.14"
  private static let assets = "https://storage.googleapis.com/mediapipe-assets/"

  private static func packaged(_ module: String, _ name: String) -> ModelOrigin {
    .wheel(requirement: wheel, member: "mediapipe/modules/\(module)/\(name).tflite")
  }

  // The wheel holds the full landmark model alone. The others' addresses and SHA-256 are those that
  // MediaPipe's own build downloads (third_party/external_files.bzl).
  static let blazePose = [
    CatalogueModel(
      defaultModel, family: "blazepose",
      purpose: "33 landmarks in 3D, the default",
      byteCount: 6_440_512,
      sha256: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
      origin: packaged("pose_landmark", "pose_landmark_full"), companions: ["pose_detection"]),
    CatalogueModel(
      "pose_landmark_lite", family: "blazepose",
      purpose: "33 landmarks in 3D, faster and less accurate",
      sha256: "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
      origin: .address(
        assets + "modules/pose_landmark/pose_landmark_lite.tflite?generation=1782183674047673"),
      companions: ["pose_detection"]),
    CatalogueModel(
      "pose_landmark_heavy", family: "blazepose",
      purpose: "33 landmarks in 3D, slower and more accurate",
      sha256: "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
      origin: .address(
        assets + "modules/pose_landmark/pose_landmark_heavy.tflite?generation=1782183666398574"),
      companions: ["pose_detection"]),
    CatalogueModel(
      "pose_detection", family: "blazepose",
      purpose: "finds people for BlazePose's landmark models",
      byteCount: 2_959_046,
      sha256: "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
      origin: packaged("pose_detection", "pose_detection")),
  ]

  static let handsAndFace = [
    CatalogueModel(
      "hand_landmark_full", family: "hands", purpose: "21 landmarks of a hand, left or right",
      byteCount: 5_478_917,
      sha256: "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3",
      origin: packaged("hand_landmark", "hand_landmark_full"),
      companions: ["palm_detection_full", "hand_recrop"]),
    CatalogueModel(
      "hand_landmark_lite", family: "hands", purpose: "the same, faster and less accurate",
      byteCount: 2_071_597,
      sha256: "048edd3645c9bf7397d19a9f6e3a42957d6e414c9bea6598030a2e9b624156e6",
      origin: packaged("hand_landmark", "hand_landmark_lite"),
      companions: ["palm_detection_lite", "hand_recrop"]),
    CatalogueModel(
      "palm_detection_full", family: "hands", purpose: "finds hands for the landmark model",
      byteCount: 2_339_846,
      sha256: "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54",
      origin: packaged("palm_detection", "palm_detection_full")),
    CatalogueModel(
      "palm_detection_lite", family: "hands", purpose: "the same, faster and less accurate",
      byteCount: 1_985_440,
      sha256: "e9a4aaddf90dda56a87235303cf00e4c2d3fb28725f68fd88772997dac905c18",
      origin: packaged("palm_detection", "palm_detection_lite")),
    CatalogueModel(
      "hand_recrop", family: "hands", purpose: "finds the hands of a body for the landmark model",
      byteCount: 123_792,
      sha256: "67d996ce96f9d36fe17d2693022c6da93168026ab2f028f9e2365398d8ac7d5d",
      origin: packaged("holistic_landmark", "hand_recrop")),
    CatalogueModel(
      "face_landmark", family: "face", purpose: "468 landmarks of a face",
      byteCount: 1_242_398,
      sha256: "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
      origin: packaged("face_landmark", "face_landmark"),
      companions: ["face_detection_short_range"]),
    CatalogueModel(
      "face_detection_short_range", family: "face", purpose: "finds faces within about 2 metres",
      byteCount: 229_714,
      sha256: "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
      origin: packaged("face_detection", "face_detection_short_range")),
    CatalogueModel(
      "face_detection_full_range_sparse", family: "face",
      purpose: "finds faces within about 5 metres", byteCount: 676_746,
      sha256: "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
      origin: packaged("face_detection", "face_detection_full_range_sparse")),
  ]
}
