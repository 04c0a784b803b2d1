// A deterministic fuzzer for the codec: `fuzz-wire [--seconds N] [--seed S] [FILE…]`
//
// Files are inputs of their own, run first; the kept cases are in Cases/. An input that breaks a property is written to
// standard output in hexadecimal and ends the run with 1; a crash leaves the input's number, which the seed repeats.

import Foundation
import WireProperties

let run = FuzzRun()

func check(_ input: [UInt8], _ name: String) {
  guard let broken = WireProperties.broken(by: input) else { return }
  print("\(name): \(broken)")
  print(input.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
  exit(1)
}

var kept: [[UInt8]] = []
for file in run.files {
  guard let data = FileManager.default.contents(atPath: file) else {
    print("\(file): cannot be read")
    exit(2)
  }
  kept.append(Array(data))
  check(Array(data), file)
}
for (index, input) in WireSeeds.all.enumerated() { check(input, "seed message \(index)") }

var count = 0
await run.run(WireSeeds.all + kept) { mutator in
  for _ in 0..<500 {
    count += 1
    check(mutator.input(), "input \(count) of seed \(run.seed)")
  }
}
run.tell("\(count) inputs")
