extension ModelCatalogue {
  private static let testData =
    "https://github.com/google-coral/test_data/raw/104342d2d3480b3e66203073dac24f4e2dbb4c41/posenet/"
  private static let project =
    "https://github.com/google-coral/project-posenet/raw/37cfb84eaff9fa7a02bbc8b60a36d6d422859c5f/"
    + "models/mobilenet/"

  /// From Coral's own repositories, at the commits that the SHA-256 were taken from.
  static let coral = [
    CatalogueModel(
      "posenet_mobilenet_v1_075_353_481_quant_decoder", family: "posenet",
      purpose: "17 keypoints, several people, decoded inside the model", byteCount: 1_299_352,
      sha256: "7519aebd2c9052089bdcfaf222b03db1212f05f5942660fc076446a13708b042",
      origin: .address(project + "posenet_mobilenet_v1_075_353_481_quant_decoder.tflite")),
    CatalogueModel(
      "posenet_mobilenet_v1_075_353_481_16_quant_decoder", family: "posenet",
      purpose: "the same, Coral's newer export", byteCount: 1_475_200,
      sha256: "db1b5e8d7d6a5030bf1880346b81a52ac3a95682db8bff5d5d7b2f97712c93e2",
      origin: .address(testData + "posenet_mobilenet_v1_075_353_481_16_quant_decoder.tflite")),
    CatalogueModel(
      "posenet_mobilenet_v1_075_353_481_quant", family: "posenet",
      purpose: "the network alone, 8-bit", byteCount: 1_298_664,
      sha256: "d589f727ee72effba3e8211b04c284fc65fc0a22907c161e2d6c080244d5c264",
      origin: .address(project + "components/posenet_mobilenet_v1_075_353_481_quant.tflite")),
    CatalogueModel(
      "posenet_mobilenet_v1_075_353_481_decoder", family: "posenet",
      purpose: "the decoder alone, for `stance run`", byteCount: 1132,
      sha256: "262ef68b09345d139247a0d366ce4a21ab4b09e2e7c31390e6f6b321dc76112b",
      origin: .address(project + "components/posenet_mobilenet_v1_075_353_481_decoder.tflite")),
    CatalogueModel(
      "posenet_mobilenet_v1_075_353_481_quant_decoder_edgetpu", family: "posenet",
      purpose: "compiled for the Edge TPU: for `stance inspect` alone", byteCount: 1_545_704,
      sha256: "1a6f1a7908803c1534087eced4879bf8ee1fb643134edd389e8d202979177e3c",
      origin: .address(project + "posenet_mobilenet_v1_075_353_481_quant_decoder_edgetpu.tflite")),
    CatalogueModel(
      "bodypix_mobilenet_v1_075_512_512_16_quant_decoder", family: "bodypix",
      purpose: "17 keypoints, several people, masks and body parts", byteCount: 1_501_376,
      sha256: "d0b294c144930f2ce11ae8e6c2c7fdbf56d53bfd72d5a1a0a20baf00c46f7da7",
      origin: .address(testData + "bodypix_mobilenet_v1_075_512_512_16_quant_decoder.tflite")),
  ]
}
