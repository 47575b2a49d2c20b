package dev.hotplex.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to the gateway on which links break, the first after a thousand bytes of the gateway, the second after two. */
final class CuttingProxy implements AutoCloseable {
  /** So many links break; later ones last. */
  private static final int CUTS = 8;
  private static final long PACE = 1_000;

  private final URI target;
  private final ServerSocket server;
  private final AtomicInteger links = new AtomicInteger();

  CuttingProxy(String url) throws IOException {
    target = URI.create(url);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(() -> {
      while (true) serve(server.accept());
    });
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    var thread = new Thread(() -> {
      try {
        work.run();
      } catch (IOException over) {
        // A link that broke, or the end of the proxy: what it is here for.
      }
    }, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) throws IOException {
    int link = links.incrementAndGet();
    long limit = link <= CUTS ? link * PACE : Long.MAX_VALUE;
    var gateway = new Socket(target.getHost(), target.getPort());
    start(() -> {
      try (client; gateway) {
        // The gateway answers to its own name only.
        var head = head(client.getInputStream()).replace("127.0.0.1:" + server.getLocalPort(), target.getAuthority());
        gateway.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        client.getInputStream().transferTo(gateway.getOutputStream());
      }
    });
    start(() -> {
      try (client; gateway) {
        forward(gateway.getInputStream(), client.getOutputStream(), limit);
      }
    });
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) throw new IOException("no head came");
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void forward(InputStream in, OutputStream out, long limit) throws IOException {
    var buffer = new byte[65_536];
    long left = limit;
    for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
      out.write(buffer, 0, (int) Math.min(size, left));
      left -= size;
      if (left <= 0) return;
    }
  }
}
