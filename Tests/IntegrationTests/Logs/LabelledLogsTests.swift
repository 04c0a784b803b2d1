import Foundation
import TestSupport
import Testing

extension Integration {
  /// Real proxies before the failing origin: what `sluice logs` finds in their logs, and what had happened.
  @Suite struct LabelledLogsTests {
    /// The proxies of Tests/Applications/Logs/proxies.py in their usual form, with what their programs are called.
    private static let proxies = [
      ("nginx", ["nginx"]), ("haproxy", ["haproxy"]), ("httpd", ["apache2", "httpd"]), ("caddy", ["caddy"]),
    ]

    private static func isInstalled(_ program: String) -> Bool {
      ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"].contains { folder in
        FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)")
      }
    }

    private static var installed: [String] {
      proxies.filter { $0.1.contains(where: isInstalled) }.map(\.0)
    }

    @Test(
      .enabled(
        if: !Self.installed.isEmpty,
        "none of nginx, HAProxy, httpd and Caddy is here; scripts/setup.sh --test installs them"),
      .timeLimit(.minutes(3)))
    func theCausesAreRightAndNeverWrongWhereTheyAreCertain() async throws {
      let labelled = LabelledLogs(folder: try TestFolder())
      try await labelled.label(Self.installed)
      let (judgement, complaints, _) = try await labelled.judge()
      #expect(judgement.scores.map(\.proxy).sorted() == Self.installed.sorted())
      for score in judgement.scores {
        // A proxy that had logged nothing would be right about everything.
        #expect(score.judged >= 100, "\(score.proxy): only \(score.judged) failures were logged")
        #expect(score.well >= 50, "\(score.proxy): only \(score.well) requests went well")
        #expect(score.share >= 0.95, "\(score.proxy): \(score.right) of \(score.judged) are right\n\(complaints)")
        #expect(score.certain_wrong == 0, "\(score.proxy) was certain and wrong\n\(complaints)")
      }
      #expect(judgement.stories.count >= 3 * Self.installed.count)
      for story in judgement.stories {
        #expect(!story.certain_wrong, "\(story.proxy), \(story.story): \(story.told)")
      }
      let wrong = judgement.stories.filter { !$0.right }.map { "\($0.proxy), \($0.story): \($0.told)" }
      #expect(wrong.count * 5 <= judgement.stories.count, "\(wrong.joined(separator: "\n"))")
    }
  }
}
