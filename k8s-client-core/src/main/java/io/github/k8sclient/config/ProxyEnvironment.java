package io.github.k8sclient.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The proxy that the environment asks for, by the rules of Go's {@code net/http}:
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in upper or lower case.
 * {@code NO_PROXY} holds hosts (with their subdomains), domains with a dot in front
 * (without the host itself), IP addresses and CIDR ranges, each with an optional port, or
 * {@code *}. This machine is never reached through a proxy.
 */
final class ProxyEnvironment {

	private final Map<String, String> environment;

	ProxyEnvironment(Map<String, String> environment) {
		this.environment = environment;
	}

	/**
	 * Return the proxy for a server.
	 * @return the URL of the proxy, or {@code null} for none
	 * @throws ConfigurationException if the variable holds no URL
	 */
	@Nullable URI proxyFor(URI server) {
		boolean https = "https".equals(server.getScheme());
		String variable = https ? "HTTPS_PROXY" : "HTTP_PROXY";
		String proxy = get(variable);
		if (proxy == null) {
			return null;
		}
		// URI knows no host with an underscore
		UriComponents url = UriComponentsBuilder.fromUriString(server.toString()).build();
		String host = Objects.requireNonNull(url.getHost()).replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
		int port = (url.getPort() >= 0) ? url.getPort() : (https ? 443 : 80);
		return isExempt(host, port) ? null : parse(variable, proxy);
	}

	private static URI parse(String variable, String proxy) {
		try {
			return ServerUrl.parseProxy(proxy.contains("://") ? proxy : "http://" + proxy);
		}
		catch (IllegalArgumentException ex) {
			throw new ConfigurationException(
					"The environment variable " + variable + " is not the URL of a proxy: " + ex.getMessage(),
					"Give an http, https or socks5 URL, or remove the variable.");
		}
	}

	private @Nullable String get(String name) {
		String value = this.environment.get(name);
		value = StringUtils.hasText(value) ? value : this.environment.get(name.toLowerCase(Locale.ROOT));
		return StringUtils.hasText(value) ? value.trim() : null;
	}

	private boolean isExempt(String host, int port) {
		InetAddress address = literal(host);
		if (host.equals("localhost") || (address != null && address.isLoopbackAddress())) {
			return true;
		}
		String noProxy = get("NO_PROXY");
		for (String entry : StringUtils.tokenizeToStringArray(noProxy, ",")) {
			if (matches(entry.toLowerCase(Locale.ROOT), host, address, port)) {
				return true;
			}
		}
		return false;
	}

	private static boolean matches(String entry, String host, @Nullable InetAddress address, int port) {
		if (entry.equals("*")) {
			return true;
		}
		int slash = entry.indexOf('/');
		if (slash >= 0) {
			return address != null && inRange(entry.substring(0, slash), entry.substring(slash + 1), address);
		}
		String name = entry;
		int colon = entry.lastIndexOf(':');
		boolean bracketed = entry.startsWith("[");
		boolean hasPort = bracketed ? colon > entry.indexOf(']') : colon >= 0 && colon == entry.indexOf(':');
		if (hasPort) {
			if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
				return false;
			}
			name = entry.substring(0, colon);
		}
		name = name.replaceAll("[\\[\\]]", "");
		InetAddress entryAddress = literal(name);
		if (entryAddress != null) {
			return entryAddress.equals(address);
		}
		if (name.startsWith("*.")) {
			name = name.substring(1);
		}
		return name.startsWith(".") ? name.length() > 1 && host.endsWith(name)
				: !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
	}

	private static boolean inRange(String network, String prefix, InetAddress address) {
		InetAddress base = literal(network);
		if (base == null || !prefix.matches("[0-9]{1,3}") || base.getClass() != address.getClass()) {
			return false;
		}
		byte[] expected = base.getAddress();
		byte[] actual = address.getAddress();
		int bits = Integer.parseInt(prefix);
		if (bits > expected.length * 8) {
			return false;
		}
		for (int i = 0; i < bits; i++) {
			int mask = 0x80 >> (i % 8);
			if ((expected[i / 8] & mask) != (actual[i / 8] & mask)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return the address that a text spells, {@code null} for a name; never asks DNS.
	 */
	private static @Nullable InetAddress literal(String text) {
		boolean v4 = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
		boolean v6 = text.indexOf(':') >= 0 && text.matches("[0-9a-f:.]+(%.*)?");
		if (!v4 && !v6) {
			return null;
		}
		try {
			return InetAddress.getByName(v6 ? "[" + text.replaceAll("%.*", "") + "]" : text);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
