// A deterministic fuzzer for the reading of logs: `fuzz-logs [--seconds N] [--seed S] [FILE…]`
//
// Lines of every product are changed, cut at every byte, and put into files that are scanned in blocks of different
// sizes. What must hold: nothing traps, an entry is bounded by its line, and the entries, the tally and the counts are
// the same whatever the blocks are. FILEs are logs that are scanned first. What breaks is kept beside the temporary
// files, whose folder is told.

import Foundation
import SluiceLogs
import WireProperties

let run = FuzzRun()

let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-logs-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
let now: Int64 = 1_795_800_000_000

func fail(_ sentence: String) -> Never {
  print("\(sentence) (input in \(folder.path))")
  exit(1)
}

/// Everything that a scan tells.
struct Outcome: Equatable {
  var entries: [LogEntry] = []
  var result = LogScanResult()
}

func scan(_ paths: [String], blockBytes: Int, lanes: Int, everyLine: Bool) async -> Outcome {
  var options = LogScanOptions(now: now, lanes: lanes)
  options.blockBytes = blockBytes
  options.everyLine = everyLine
  options.zone = .fixed(seconds: 0)
  var outcome = Outcome()
  var entries: [LogEntry] = []
  outcome.result = await LogScan(paths.map { LogSet(name: $0, files: [$0]) }, options).run { entries.append($0) }
  outcome.entries = entries
  return outcome
}

func checkLine(_ line: [UInt8]) {
  guard let found = LogFormatTable.standard.recognise(String(decoding: line, as: UTF8.self), reference: now),
    let entry = found.entry
  else { return }
  // A byte that is no UTF-8 becomes a character of three.
  if entry.text.utf8.count > 3 * LogEntry.textMax { fail("an entry's text has \(entry.text.utf8.count) bytes") }
  if found.isOrdinary, entry.conclusion != nil || entry.event != nil {
    try? Data(line).write(to: folder.appending(path: "line"))
    fail("\(found.format): an ordinary line has a conclusion")
  }
}

/// One log in blocks of several sizes: in order within it, and the same each time.
func checkBlocks(_ paths: [String], isWhole: Bool) async {
  let first = await scan(paths, blockBytes: 66_000, lanes: 2, everyLine: isWhole)
  for (blockBytes, lanes) in [(81_001, 1), (1 << 20, 2)] {
    let other = await scan(paths, blockBytes: blockBytes, lanes: lanes, everyLine: isWhole)
    if paths.count == 1, other.entries.count != first.entries.count {
      fail("\(first.entries.count) entries in one way, \(other.entries.count) in another")
    }
    if other.result.lines != first.result.lines || other.result.recognised != first.result.recognised {
      fail(
        "lines \(first.result.lines), \(other.result.lines); recognised \(first.result.recognised), "
          + "\(other.result.recognised)"
      )
    }
    if other.result.tally != first.result.tally { fail("another tally in blocks of \(blockBytes)") }
    let key = { (entry: LogEntry) in "\(entry.place) \(entry.text.prefix(40)) \(entry.time ?? 0) \(entry.product)" }
    if first.entries.map(key).sorted() != other.entries.map(key).sorted() {
      fail("other entries in blocks of \(blockBytes)")
    }
  }
}

for file in run.files { await checkBlocks([file], isWhole: false) }

let seeds = LogSamples.lines.map { Array($0.utf8) }
for line in seeds {
  for count in 0...line.count { checkLine(Array(line.prefix(count))) }
}

var count = 0
var logs = 0
try await run.run(seeds) { mutator in
  var texts: [[UInt8]] = [[], []]
  for number in 0..<400 {
    let line = mutator.input()
    count += 1
    checkLine(line)
    let log = number % 3 == 0 ? 1 : 0
    texts[log] += line
    // Long runs without a line feed, and files that end without one.
    if number % 97 != 0 { texts[log].append(0x0A) }
    if number % 50 == 0 { texts[log] += seeds[number % seeds.count] + [0x0A] }
    if number % 199 == 0 { texts[log] += [UInt8](repeating: line.first ?? 0x78, count: 70_000) }
  }
  var paths: [String] = []
  for (index, text) in texts.enumerated() {
    let path = folder.appending(path: "\(index).log").path
    try Data(text).write(to: URL(filePath: path))
    paths.append(path)
  }
  await checkBlocks([paths[logs % 2]], isWhole: logs % 4 == 0)
  await checkBlocks(paths, isWhole: false)
  logs += 1
}
try? FileManager.default.removeItem(at: folder)
run.tell("\(count) lines and \(logs) logs")
