package dev.hotplex.client;

import java.net.URI;

/** One address of the gateway is enough, whichever form it has. */
final class Addresses {
  private Addresses() {}

  /** The socket's address: http becomes ws, and {@code /ws} is added when there is no path. */
  static URI socket(String url) {
    var given = parse(url);
    var path = given.getRawPath();
    var query = given.getRawQuery();
    var scheme = given.getScheme().replaceFirst("^http", "ws");
    var place = path == null || path.isEmpty() || path.equals("/") ? "/ws" : path;
    return URI.create(scheme + "://" + given.getRawAuthority() + place + (query == null ? "" : "?" + query));
  }

  /** The HTTP origin. */
  static String origin(String url) {
    var given = parse(url);
    return given.getScheme().replaceFirst("^ws", "http") + "://" + given.getRawAuthority();
  }

  private static URI parse(String url) {
    var given = URI.create(url);
    if (given.getScheme() == null || !given.getScheme().matches("(http|ws)s?") || given.getRawAuthority() == null) {
      throw new IllegalArgumentException("a gateway's address begins with http:// or ws://, this one does not: " + url);
    }
    return given;
  }
}
