// A deterministic fuzzer for the codec: `fuzz-wire [--seconds N] [--seed S] [FILE…]`
//
// Files are inputs of their own, run first; the kept cases are in Cases/. An input that breaks a property is written to
// standard output in hexadecimal and ends the run with 1; a crash leaves the input's number, which the seed repeats.

import Foundation
import WireProperties

var seconds = 10.0
var seed: UInt64 = 1
var files: [String] = []
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  switch argument {
  case "--seconds": seconds = arguments.popFirst().flatMap(Double.init) ?? seconds
  case "--seed": seed = arguments.popFirst().flatMap { UInt64($0) } ?? seed
  default: files.append(argument)
  }
}

func check(_ input: [UInt8], _ name: String) {
  guard let broken = WireProperties.broken(by: input) else { return }
  print("\(name): \(broken)")
  print(input.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
  exit(1)
}

var kept: [[UInt8]] = []
for file in files {
  guard let data = FileManager.default.contents(atPath: file) else {
    print("\(file): cannot be read")
    exit(2)
  }
  kept.append(Array(data))
  check(Array(data), file)
}
for (index, input) in WireSeeds.all.enumerated() { check(input, "seed message \(index)") }

var mutator = SeededMutator(seed: seed, seeds: WireSeeds.all + kept)
let clock = ContinuousClock()
let end = clock.now.advanced(by: .milliseconds(Int(seconds * 1000)))
var count = 0
while clock.now < end {
  for _ in 0..<500 {
    count += 1
    check(mutator.input(), "input \(count) of seed \(seed)")
  }
}
print("\(count) inputs from seed \(seed), \(files.count) files: nothing broken")
