// swift-tools-version: 6.1
import PackageDescription

let products: [Product] = [
  .library(name: "StanceKit", targets: ["StanceKit", "StancePose", "StanceImaging"]),
  .library(
    name: "StanceEngine",
    targets: ["StanceRuntime", "StanceFormats", "StanceGraph", "StanceTensors"]),
  .library(name: "StanceMedia", targets: ["StanceMedia"]),
  .library(name: "StanceDrawing", targets: ["StanceDrawing"]),
  .executable(name: "stance", targets: ["stance-main"]),
]

/// The engine: model files in, tensors out. No media, no poses.
let engine: [Target] = [
  .target(name: "StanceTensors"),
  .target(name: "CStanceKernels"),
  .target(name: "StanceKernels", dependencies: ["StanceTensors", "CStanceKernels"]),
  .target(name: "StanceGraph", dependencies: ["StanceTensors"]),
  .target(name: "StanceFormats", dependencies: ["StanceTensors", "StanceGraph"]),
  .target(
    name: "StanceRuntime", dependencies: ["StanceTensors", "StanceGraph", "StanceKernels"]),
]

/// From pixels to poses, on the engine, without any system library.
let estimation: [Target] = [
  .target(name: "StancePose", dependencies: ["StanceTensors"]),
  .target(name: "StanceImaging", dependencies: ["StanceTensors", "StancePose"]),
  .target(
    name: "StanceKit",
    dependencies: [
      "StanceTensors", "StanceGraph", "StanceFormats", "StanceRuntime", "StanceImaging",
      "StancePose", .product(name: "Crypto", package: "swift-crypto"),
    ]),
]

/// The only targets that touch libraries of the system.
let media: [Target] = [
  .systemLibrary(
    name: "CFFmpeg", pkgConfig: "libavformat libavcodec libavutil libswscale",
    providers: [
      .apt(["libavformat-dev", "libavcodec-dev", "libavutil-dev", "libswscale-dev"]),
      .brew(["ffmpeg"]),
    ]),
  .systemLibrary(
    name: "CTurboJPEG", pkgConfig: "libturbojpeg",
    providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
  .systemLibrary(
    name: "CCairo", pkgConfig: "cairo",
    providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
  .target(
    name: "StanceMedia",
    dependencies: ["CFFmpeg", "CTurboJPEG", "StanceTensors", "StanceImaging", "StancePose"]),
  .target(
    name: "StanceDrawing",
    dependencies: ["CCairo", "StanceTensors", "StanceImaging", "StancePose"]),
]

let programs: [Target] = [
  .target(
    name: "StanceCommands",
    dependencies: [
      "StanceTensors", "StanceGraph", "StanceFormats", "StanceRuntime", "StanceImaging",
      "StancePose", "StanceKit", "StanceMedia", "StanceDrawing",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
  .executableTarget(name: "stance-main", dependencies: ["StanceCommands"]),
]

let tests: [Target] = [
  .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
  .target(
    name: "StanceTestSupport", dependencies: ["StanceTensors"], path: "Tests/StanceTestSupport",
    exclude: ["serve.py"]),
  .testTarget(name: "StanceTensorsTests", dependencies: ["StanceTensors"]),
  .testTarget(
    name: "StanceFormatsTests",
    dependencies: ["StanceFormats", "StanceGraph", "StanceTensors", "StanceTestSupport"]),
  .testTarget(
    name: "StanceKernelsTests",
    dependencies: ["StanceKernels", "StanceTensors", "StanceTestSupport"]),
  .testTarget(name: "StanceGraphTests", dependencies: ["StanceGraph", "StanceTensors"]),
  .testTarget(
    name: "StanceRuntimeTests",
    dependencies: ["StanceRuntime", "StanceGraph", "StanceTensors", "StanceTestSupport"]),
  .testTarget(
    name: "OperatorSuite",
    dependencies: [
      "CAllocationCount", "StanceRuntime", "StanceFormats", "StanceGraph", "StanceTensors",
      "StanceTestSupport",
    ],
    exclude: ["Cases"]),
  .testTarget(
    name: "StancePoseTests", dependencies: ["StancePose", "StanceTensors", "StanceTestSupport"]),
  .testTarget(
    name: "StanceImagingTests",
    dependencies: ["StanceImaging", "StancePose", "StanceTensors", "StanceTestSupport"],
    exclude: ["Fixtures"]),
  .testTarget(
    name: "StanceMediaTests",
    dependencies: ["StanceMedia", "StanceImaging", "StanceTestSupport"],
    exclude: ["Fixtures"]),
  .testTarget(
    name: "StanceDrawingTests",
    dependencies: ["StanceDrawing", "StanceImaging", "StancePose", "StanceTestSupport"]),
  .testTarget(
    name: "StanceKitTests",
    dependencies: [
      "StanceKit", "StanceFormats", "StanceGraph", "StanceRuntime", "StancePose", "StanceTensors",
      "StanceTestSupport",
    ]),
  .testTarget(
    name: "ReferenceTests",
    dependencies: [
      "StanceKit", "StanceFormats", "StanceGraph", "StanceRuntime", "StanceImaging", "StanceMedia",
      "StancePose", "StanceTensors", "StanceTestSupport",
    ],
    exclude: ["Networks", "Results"]),
  .testTarget(
    name: "StanceCommandsTests",
    dependencies: [
      "StanceCommands", "StanceGraph", "StanceImaging", "StanceKit", "StanceMedia", "StancePose",
      "StanceRuntime",
      "StanceTensors", "StanceTestSupport",
    ],
    exclude: ["Goldens"]),
]

let package = Package(
  name: "stance",
  platforms: [.macOS(.v15)],
  products: products,
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: engine + estimation + media + programs + tests,
  swiftLanguageModes: [.v6])
