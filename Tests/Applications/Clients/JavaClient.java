// Java's own HttpClient as a client.
//
//   java JavaClient.java --url https://localhost:8443 --ca ca.pem --version h1|h2 [--large]
//
// For a plain URL its HTTP/2 is an upgrade from HTTP/1.1, which a gateway may ignore. Prints a line for each case, as
// verdicts.py does.

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

public class JavaClient {
  static final int MIB = 1 << 20;
  static final int CASE_SECONDS = 40;
  static final int PARALLEL = 100;

  interface Case {
    void run() throws Exception;
  }

  final String url;
  final HttpClient.Version version;
  final HttpClient http;
  /** What the response must say; behind a plain URL an upgrade may be ignored. */
  final HttpClient.Version spoken;

  JavaClient(String url, String ca, HttpClient.Version version) throws Exception {
    this.url = url;
    this.version = version;
    spoken = ca == null ? HttpClient.Version.HTTP_1_1 : version;
    http = client(ca, version);
  }

  static HttpClient client(String ca, HttpClient.Version version) throws Exception {
    var builder = HttpClient.newBuilder().version(version).connectTimeout(Duration.ofSeconds(10));
    if (ca != null) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null);
      try (var file = Files.newInputStream(Path.of(ca))) {
        store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      builder.sslContext(context);
    }
    return builder.build();
  }

  static byte[] block() {
    var block = new byte[65537];
    for (int index = 0; index < block.length; index++) block[index] = (byte) (index * 7 + (index >> 4));
    return block;
  }

  static final byte[] BLOCK = block();

  /** So many bytes, as a stream. */
  static InputStream body(long size) {
    return new InputStream() {
      long sent = 0;

      @Override
      public int read() {
        return sent == size ? -1 : BLOCK[(int) (sent++ % BLOCK.length)] & 255;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        if (length == 0) return 0;
        if (sent == size) return -1;
        int start = (int) (sent % BLOCK.length);
        int count = (int) Math.min(Math.min(length, size - sent), BLOCK.length - start);
        System.arraycopy(BLOCK, start, into, offset, count);
        sent += count;
        return count;
      }
    };
  }

  record Digest(long count, String hex) {}

  static Digest digest(InputStream stream) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    var buffer = new byte[1 << 16];
    long count = 0;
    for (int read; (read = stream.read(buffer)) >= 0; count += read) digest.update(buffer, 0, read);
    return new Digest(count, HexFormat.of().formatHex(digest.digest()));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
  }

  void expect(Object found, Object wanted, String what) {
    if (!found.equals(wanted)) throw new AssertionError(what + ": " + found + " instead of " + wanted);
  }

  void expectGood(HttpResponse<?> response) {
    expect(response.statusCode(), 200, "status");
    expect(response.version(), spoken, "version");
  }

  void download(long size) throws Exception {
    var response = http.send(request("/bytes/" + size).build(), BodyHandlers.ofInputStream());
    expectGood(response);
    try (var stream = response.body()) {
      expect(digest(stream), new Digest(size, response.headers().firstValue("x-sha256").orElseThrow()), "digest");
    }
  }

  void upload(long size) throws Exception {
    var publisher = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body(size)), Math.max(size, 1));
    var sent = size == 0 ? BodyPublishers.noBody() : publisher;
    expectUploaded(size, http.send(request("/digest").POST(sent).build(), BodyHandlers.ofString()));
  }

  void uploadOfNoKnownLength() throws Exception {
    var sent = BodyPublishers.ofInputStream(() -> body(MIB));
    expectUploaded(MIB, http.send(request("/digest").POST(sent).build(), BodyHandlers.ofString()));
  }

  void expectUploaded(long size, HttpResponse<String> response) throws Exception {
    expectGood(response);
    var wanted = String.format("{\"bytes\":%d,\"sha256\":\"%s\"", size, digest(body(size)).hex());
    if (!response.body().startsWith(wanted)) throw new AssertionError(response.body() + " instead of " + wanted);
  }

  void head() throws Exception {
    var head = request("/bytes/" + MIB).method("HEAD", BodyPublishers.noBody()).build();
    var response = http.send(head, BodyHandlers.ofByteArray());
    expectGood(response);
    expect(response.headers().firstValue("content-length").orElse(""), "" + MIB, "length");
    expect(response.body().length, 0, "bytes of the body");
  }

  void parallel() throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> waiting = new ArrayList<>();
    for (int number = 0; number < PARALLEL; number++) {
      waiting.add(http.sendAsync(request("/bytes/" + (16384 + number)).build(), BodyHandlers.ofByteArray()));
    }
    for (int number = 0; number < PARALLEL; number++) {
      var response = waiting.get(number).get(30, TimeUnit.SECONDS);
      expectGood(response);
      expect(response.body().length, 16384 + number, "size");
      var wanted = response.headers().firstValue("x-sha256").orElseThrow();
      expect(digest(new ByteArrayInputStream(response.body())).hex(), wanted, "digest");
    }
  }

  String open() throws Exception {
    return http.send(request("/open").build(), BodyHandlers.ofString()).body();
  }

  void cancel() throws Exception {
    var response = http.send(request("/endless").build(), BodyHandlers.ofInputStream());
    try (var stream = response.body()) {
      expect(stream.readNBytes(MIB).length, MIB, "bytes before the end");
      expect(open(), "{\"open\":1}", "at the origin");
    }
    for (int tries = 0; tries < 500 && !open().equals("{\"open\":0}"); tries++) Thread.sleep(20);
    expect(open(), "{\"open\":0}", "at the origin");
    download(MIB);
  }

  static boolean run(String name, Case work) {
    var executor = Executors.newSingleThreadExecutor(task -> {
      var thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    });
    String failure = null;
    try {
      executor.submit(() -> {
        work.run();
        return null;
      }).get(CASE_SECONDS, TimeUnit.SECONDS);
    } catch (Throwable error) {
      failure = error.getCause() == null ? error.toString() : error.getCause().toString();
    }
    executor.shutdownNow();
    var detail = failure == null ? "" : failure.replaceAll("[\"\\\\\\p{Cntrl}]", "'");
    System.out.printf("{\"case\": \"%s\", \"ok\": %b, \"detail\": \"%s\"}%n", name, failure == null, detail);
    return failure == null;
  }

  static String option(List<String> arguments, String name) {
    int index = arguments.indexOf(name);
    return index < 0 ? null : arguments.get(index + 1);
  }

  public static void main(String[] words) throws Exception {
    var arguments = Arrays.asList(words);
    var version = "h1".equals(option(arguments, "--version")) ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
    var client = new JavaClient(option(arguments, "--url"), option(arguments, "--ca"), version);
    var sizes = new ArrayList<>(List.of(0L, 1L, 16384L, (long) MIB));
    if (arguments.contains("--large")) sizes.add(100L * MIB);
    for (long size : sizes) {
      run("download " + size, () -> client.download(size));
      run("upload " + size, () -> client.upload(size));
    }
    run("upload of no known length", client::uploadOfNoKnownLength);
    run("head", client::head);
    run("parallel", client::parallel);
    run("cancel", client::cancel);
    System.exit(0);
  }
}
