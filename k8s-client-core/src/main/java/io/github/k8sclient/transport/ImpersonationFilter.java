package io.github.k8sclient.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.config.Impersonation;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Adds the {@code Impersonate-*} headers of <a href=
 * "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">user
 * impersonation</a>. A request that brings its own passes as it is.
 */
final class ImpersonationFilter implements ExchangeFilterFunction {

	private static final String USER = "Impersonate-User";

	private static final String UID = "Impersonate-Uid";

	private static final String GROUP = "Impersonate-Group";

	private static final String EXTRA = "Impersonate-Extra-";

	private static final String UNESCAPED = "!#$&'*+-.^_`|~";

	private final Impersonation impersonation;

	ImpersonationFilter(Impersonation impersonation) {
		this.impersonation = impersonation;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (request.headers().containsHeader(USER)) {
			return next.exchange(request);
		}
		return next.exchange(ClientRequest.from(request).headers(this::addTo).build());
	}

	private void addTo(HttpHeaders headers) {
		headers.set(USER, value(this.impersonation.user()));
		if (this.impersonation.uid() != null) {
			headers.set(UID, value(this.impersonation.uid()));
		}
		this.impersonation.groups().forEach((group) -> headers.add(GROUP, value(group)));
		for (Map.Entry<String, List<String>> extra : this.impersonation.extra().entrySet()) {
			extra.getValue().forEach((value) -> headers.add(EXTRA + escape(extra.getKey()), value(value)));
		}
	}

	/**
	 * Header values travel as bytes, which Netty takes from the low half of each char;
	 * the server reads them as UTF-8.
	 */
	private static String value(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Percent-encode what the name of a header cannot hold, and the percent sign itself.
	 */
	private static String escape(String key) {
		StringBuilder escaped = new StringBuilder();
		for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (octet & 0xff);
			boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
			if (alphanumeric || UNESCAPED.indexOf(c) >= 0) {
				escaped.append(c);
			}
			else {
				escaped.append('%').append(String.format("%02X", (int) c));
			}
		}
		return escaped.toString();
	}

}
