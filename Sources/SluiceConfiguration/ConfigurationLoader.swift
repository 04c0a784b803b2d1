/// A file as written → every diagnostic at once → a `Configuration`.
///
/// Each step runs although the one before found mistakes, so that one run tells them all: the table of keys reads each
/// value on its own (`Section`), then the builder resolves references and checks what must hold between values. Only
/// YAML that cannot be parsed, a key that is given twice and a bound on the file itself are told alone, because there
/// is nothing to go on with.
public enum ConfigurationLoader {
  /// Reads and checks a file. `environment` is what `${NAME}` is taken from.
  public static func load(path: String, environment: [String: String]) -> LoadResult {
    do throws(SourceFile.Located) {
      return load(text: try SourceFile.read(path: path), file: path, environment: environment)
    } catch {
      return failed(error, DiagnosticList(file: path))
    }
  }

  /// Checks a text; `file` is what diagnostics call it.
  public static func load(text: String, file: String, environment: [String: String]) -> LoadResult {
    let diagnostics = DiagnosticList(file: file, text: text)
    do throws(SourceFile.Located) {
      guard text.utf8.count <= ConfigurationBounds.fileBytes else {
        throw SourceFile.Located(mistake: Mistake("the file is larger than 1 MiB, which no configuration needs"))
      }
      let document = try DocumentParser.parse(text)
      let (root, concealed) = Concealment.conceal(document.root)
      var reader = Reader(diagnostics: diagnostics, environment: environment)
      reader.diagnostics.conceal(concealed)
      for mistake in document.mistakes {
        reader.error(mistake.mistake.what, at: mistake.position, suggestion: mistake.mistake.suggestion)
      }
      let draft = Section.root.read(root, named: "", &reader)
      var builder = ConfigurationBuilder(diagnostics: reader.diagnostics)
      return builder.build(draft)
    } catch {
      return failed(error, diagnostics)
    }
  }

  /// `sluice run --listen ADDRESS --to URL …`: one listener and one upstream, everything else as it is by default.
  public static func quick(listen: String, to endpoints: [String], workers: Int?) -> LoadResult {
    var mistakes: [Diagnostic] = []
    func read<Value>(_ option: String, _ text: String, _ type: ValueType<Value>) -> Value? {
      var reader = Reader(diagnostics: DiagnosticList(file: option), environment: [:])
      // On the command line the shell has replaced variables; what is left of `$` belongs to the text.
      let escaped = text.replacing("${", with: "$${")
      let node = SourceNode(position: .whole, content: .scalar(SourceNode.Scalar(text: escaped, isPlain: false)))
      let value = type.read(node, option, &reader)
      mistakes += reader.diagnostics.sorted
      return value
    }

    var draft = ConfigurationDraft()
    var listener = ListenerDraft()
    listener.address = read("--listen", listen, .listenAddress)
    draft.listeners = [Located(value: listener)]
    var upstream = UpstreamDraft()
    upstream.endpoints = endpoints.compactMap { read("--to", $0, .endpointURL) }
      .map { Located(value: EndpointDraft(url: $0)) }
    draft.upstreams = [Named(name: "app", namePosition: .whole, value: Located(value: upstream))]
    if let workers {
      draft.workers = read("--workers", String(workers), .integer(1...ConfigurationBounds.workers, example: 2))
    }

    var missing = DiagnosticList(file: "--to")
    if endpoints.isEmpty {
      missing.add(.error, "at least one endpoint is needed, such as http://127.0.0.1:3000", at: .whole)
    }
    mistakes += missing.sorted
    if !mistakes.isEmpty { return LoadResult(configuration: nil, diagnostics: mistakes) }
    var builder = ConfigurationBuilder(diagnostics: DiagnosticList(file: "--to"))
    return builder.build(Located(value: draft))
  }

  private static func failed(_ error: SourceFile.Located, _ diagnostics: DiagnosticList) -> LoadResult {
    var diagnostics = diagnostics
    diagnostics.add(.error, error.mistake.what, at: error.position, suggestion: error.mistake.suggestion)
    return LoadResult(configuration: nil, diagnostics: diagnostics.sorted)
  }
}
