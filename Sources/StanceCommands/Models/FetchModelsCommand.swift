import ArgumentParser
import StanceKit

/// `stance models fetch`: brings models of the catalogue.
struct FetchModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Brings models of the catalogue, with those that they need.",
    discussion: """
      A model that is here already is checked and stays; the network is not needed then. A file \
      is put in its place only when it is whole and has the right SHA-256. Where nobody \
      publishes that, the first fetch records it, and later ones must agree. A download that \
      was cut goes on where it ended.

      Needed are curl for https addresses, and python3 with pip for files in Python wheels.

      Examples:
        stance models fetch pose_landmark_full
        stance models fetch movenet_lightning_int8 movenet_thunder_int8
        stance models fetch pose_landmark_full --from /media/models
        stance models fetch pose_landmark_heavy --from https://mirror.example/tflite
      """)

  @Argument(help: ArgumentHelp("Names that `stance models list` shows.", valueName: "name"))
  var names: [String]

  @Option(
    help: ArgumentHelp(
      "A folder of files NAME.tflite or wheels, or an address of such files, to take them from.",
      valueName: "folder|address"),
    completion: .directory)
  var from: String?

  func run() throws {
    TemporaryFiles.shared.removeOnInterrupt(and: ModelFetcher.abandonAll)
    let fetcher = ModelFetcher(mirror: try from.map { try ModelMirror($0) })
    let models = try fetcher.models(named: names.map { try ModelStore.name($0) })
    var failures = ModelFailures()
    for model in models {
      let bar = DownloadLine(model: model)
      do {
        let arrival = try fetcher.fetch(
          model, begin: { bar.begin(from: from ?? model.origin.description) },
          progress: { bar.draw(byteCount: $0) })
        bar.clear()
        try Console.write(text(of: arrival))
      } catch let error as OutputClosed {
        throw error
      } catch {
        bar.clear()
        failures.add(error)
      }
    }
    try failures.finish(of: models.count)
  }

  private func text(of arrival: ModelStore.Arrival) -> String {
    let what = arrival.wasPresent ? "is here already" : "is here now"
    guard arrival.isRecorded else { return "\(arrival.name) \(what)\n" }
    return "\(arrival.name) \(what); nobody publishes its SHA-256, so this one is recorded: "
      + "\(arrival.sha256)\n"
  }
}
