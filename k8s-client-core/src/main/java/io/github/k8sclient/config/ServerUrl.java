package io.github.k8sclient.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The rules for the URLs of servers and proxies.
 */
final class ServerUrl {

	private static final Set<String> PROXY_SCHEMES = Set.of("http", "https", "socks5", "socks5h");

	// Legal in DNS and usual in Docker; URI takes such a name for no host
	private static final Pattern HOST_WITH_UNDERSCORE = Pattern
		.compile("(.*@)?[A-Za-z0-9.-]*_[A-Za-z0-9._-]*(:[0-9]{1,5})?");

	private ServerUrl() {
	}

	/**
	 * Parse the server of a kubeconfig. As client-go does, take {@code host:port} without
	 * a scheme for https when TLS is configured, else for http.
	 * @param text the text
	 * @param tlsConfigured whether a CA, a client certificate or the insecure flag is set
	 * @return the URL
	 * @throws IllegalArgumentException if it is no usable URL; the message does not
	 * repeat the text, which might hold a password
	 */
	static URI parse(String text, boolean tlsConfigured) {
		String url = text.contains("://") ? text : (tlsConfigured ? "https://" : "http://") + text;
		URI uri = toUri(url);
		if (!text.contains("://") && uri.getRawPath() != null && !uri.getRawPath().matches("/?")) {
			throw new IllegalArgumentException("it is neither a URL nor host:port");
		}
		return normalize(uri);
	}

	/**
	 * Check the URL of a server, and drop query, fragment and slashes at the end.
	 */
	static URI normalize(URI uri) {
		Assert.notNull(uri, "'server' must not be null");
		String scheme = lowerCase(uri.getScheme());
		if (!scheme.equals("http") && !scheme.equals("https")) {
			throw new IllegalArgumentException("it is not an http or https URL");
		}
		requireHost(uri);
		if (uri.getRawAuthority().indexOf('@') >= 0) {
			throw new IllegalArgumentException("user information in a URL is not supported");
		}
		String path = (uri.getRawPath() != null) ? uri.getRawPath().replaceAll("/+$", "") : "";
		return toUri(scheme + "://" + uri.getRawAuthority() + path);
	}

	/**
	 * Check the URL of a proxy.
	 */
	static URI requireProxy(URI uri) {
		if (!PROXY_SCHEMES.contains(lowerCase(uri.getScheme()))) {
			throw new IllegalArgumentException("its scheme is not http, https or socks5");
		}
		requireHost(uri);
		return uri;
	}

	private static void requireHost(URI uri) {
		String authority = uri.getRawAuthority();
		if (uri.getHost() == null && (authority == null || !HOST_WITH_UNDERSCORE.matcher(authority).matches())) {
			throw new IllegalArgumentException("it has no valid host");
		}
	}

	static URI parseProxy(String text) {
		return requireProxy(toUri(text));
	}

	static @Nullable String redact(@Nullable URI uri) {
		return (uri != null) ? uri.getScheme() + "://" + uri.getRawAuthority().replaceFirst(".*@", "") : null;
	}

	private static URI toUri(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("it is not a valid URL (" + ex.getReason() + ")");
		}
	}

	private static String lowerCase(@Nullable String scheme) {
		return (scheme != null) ? scheme.toLowerCase(Locale.ROOT) : "";
	}

}
