import SluiceIncidents
import Testing

@Suite struct BlankSecretsInTextTests {
  @Test(arguments: [
    ("login password=hunter2 failed", "login password=*** failed"),
    ("DB_PASSWORD: hunter2", "DB_PASSWORD: ***"),
    (#"{"user":"a","password":"hunter2","n":1}"#, #"{"user":"a","password":"***","n":1}"#),
    (#"{"apiKey":"hun\"ter2","n":1}"#, #"{"apiKey":"***","n":1}"#),
    ("params {:password=>\"hunter2\"}", "params {:password=>\"***\"}"),
    ("GET /?access_token=hunter2&a=1", "GET /?access_token=***&a=1"),
    ("x-api-key: hunter2, more", "x-api-key: ***, more"),
    ("Authorization: Bearer hunter2hunter2 x", "Authorization: ***"),
    ("Cookie: a=1; b=2", "Cookie: ***"),
    ("sent bearer hunter2hunter2 to it", "sent bearer *** to it"),
    ("postgres://shop:hunter2@db:5432/orders", "postgres://shop:***@db:5432/orders"),
    ("redis://:hunter2@cache:6379", "redis://:***@cache:6379"),
    ("amqp://a:p@ss@mq/x", "amqp://a:***@mq/x"),
    ("run --password hunter2 --port 80", "run --password *** --port 80"),
    ("run --db-password=hunter2", "run --db-password=***"),
    ("jwt eyJhbGciOiJIUzI1NiJ9.e30.abc end", "jwt *** end"),
    ("key AKIAABCDEFGHIJKLMNOP.", "key ***"),
  ])
  func secretsAreBlanked(text: String, blanked: String) {
    #expect(blankSecrets(inText: text) == blanked)
  }

  @Test(arguments: [
    "", "ready", "Unexpected token } in JSON at position 3", "http://127.0.0.1:8000/a", "at a.B.c(D.java:12)",
    "12:13:14",
    "no password given", "a=b c:d", "user@host:22", "basic setup done", "https://example.com/a:b@c", "secret",
  ])
  func whatIsNoneStays(text: String) {
    #expect(blankSecrets(inText: text) == text)
  }

  @Test func namesOfTheConfigurationAreSecretToo() {
    let fields = SecretFields(configured: ["x-tenant"])
    #expect(blankSecrets(inText: "x-tenant: shop 7", fields: fields) == "x-tenant: ***")
  }
}
