import ArgumentParser

/// `stance models`: the models that are called by name.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Lists, fetches and keeps the models that are called by name.",
    discussion: """
      Every option and argument that takes a model takes a file's path or a name. Models lie in \
      $STANCE_MODELS, else in $XDG_CACHE_HOME/stance/models, else in ~/.cache/stance/models, \
      each as a file NAME.tflite.

      Examples:
        stance models list
        stance models fetch movenet_lightning_int8
        stance models fetch pose_landmark_full --from /media/models
        stance models add ~/Downloads/4.tflite --name movenet_thunder_int8
        stance inspect "$(stance models path pose_detection)"
        stance models verify
      """,
    subcommands: [
      ListModelsCommand.self, FetchModelsCommand.self, AddModelCommand.self,
      ModelPathCommand.self, RemoveModelsCommand.self, VerifyModelsCommand.self,
    ])
}
