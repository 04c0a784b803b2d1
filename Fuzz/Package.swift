// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let wire: Target.Dependency = .product(name: "SluiceWire", package: "sluice")

// libFuzzer brings its own `main`, so that its target is a product of its own:
//   swift build -c release --product libfuzzer-wire -Xswiftc -sanitize=fuzzer
let package = Package(
  name: "sluice-fuzz",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "fuzz-wire", targets: ["fuzz-wire"]),
    .executable(name: "libfuzzer-wire", targets: ["libfuzzer-wire"]),
    .executable(name: "wire-bench", targets: ["wire-bench"]),
  ],
  dependencies: [.package(name: "sluice", path: "../")],
  targets: [
    .target(name: "WireProperties", dependencies: [wire], swiftSettings: settings),
    .executableTarget(name: "fuzz-wire", dependencies: ["WireProperties"], swiftSettings: settings),
    .executableTarget(
      name: "libfuzzer-wire", dependencies: ["WireProperties"],
      swiftSettings: settings + [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
    .executableTarget(name: "wire-bench", dependencies: [wire], swiftSettings: settings),
  ]
)
