// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let wire: Target.Dependency = .product(name: "SluiceWire", package: "sluice")

// libFuzzer brings its own `main`, which an executable target cannot do without: libfuzzer-wire.sh builds that one.
let package = Package(
  name: "sluice-fuzz",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "fuzz-wire", targets: ["fuzz-wire"]),
    .executable(name: "fuzz-exchange", targets: ["fuzz-exchange"]),
    .executable(name: "fuzz-http2", targets: ["fuzz-http2"]),
    .executable(name: "fuzz-logs", targets: ["fuzz-logs"]),
    .executable(name: "wire-bench", targets: ["wire-bench"]),
  ],
  dependencies: [.package(name: "sluice", path: "../")],
  targets: [
    .target(name: "WireProperties", dependencies: [wire], swiftSettings: settings),
    .executableTarget(name: "fuzz-wire", dependencies: ["WireProperties"], swiftSettings: settings),
    .executableTarget(
      name: "fuzz-exchange", dependencies: [.product(name: "SluiceCore", package: "sluice")], swiftSettings: settings),
    .executableTarget(
      name: "fuzz-http2", dependencies: [wire, .product(name: "SluiceCore", package: "sluice")],
      swiftSettings: settings),
    .executableTarget(
      name: "fuzz-logs", dependencies: ["WireProperties", .product(name: "SluiceLogs", package: "sluice")],
      swiftSettings: settings),
    .executableTarget(name: "wire-bench", dependencies: [wire], swiftSettings: settings),
  ]
)
