package io.github.k8sclient.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Passes requests on to what stands behind services, pods and nodes.
 */
final class Proxies {

	private static final Pattern PATH = Pattern.compile("/api/v1/(?:namespaces/[^/]+/)?[^/]+/[^/]+/proxy(/.*)?");

	private final Map<String, ProxyBackend> backends = new ConcurrentHashMap<>();

	void put(String resource, @Nullable String namespace, String name, ProxyBackend backend) {
		this.backends.put(key(resource, namespace, name), backend);
	}

	void clear() {
		this.backends.clear();
	}

	/**
	 * Pass a request on.
	 * @param request the request
	 * @param resource the resource that it is for
	 * @param namespace the namespace, null for nodes
	 * @param target the name, perhaps with scheme and port
	 * @return what stands there answers
	 * @throws StatusException if nothing does
	 */
	ApiResponse answer(ApiRequest request, ServedResource resource, @Nullable String namespace, Target target) {
		ProxyBackend backend = this.backends.get(key(resource.name(), namespace, target.name()));
		if (backend == null) {
			throw unreachable(resource.name(), target.name());
		}
		ProxyBackend.Answer answer = backend.answer(new ProxyBackend.Request(request.method(), target.scheme(),
				target.port(), path(request), request.body()));
		return ApiResponse.of(answer.code(), answer.contentType(), answer.body());
	}

	private static StatusException unreachable(String resource, String name) {
		return switch (resource) {
			case "services" -> Statuses.unavailable("no endpoints available for service " + FieldError.quote(name));
			case "pods" -> Statuses.badRequest("address not allowed");
			default -> Statuses.unavailable("no preferred addresses found; known addresses: []");
		};
	}

	private static String path(ApiRequest request) {
		Matcher matcher = PATH.matcher(request.path());
		String path = (matcher.matches() && matcher.group(1) != null) ? matcher.group(1) : "/";
		return (request.query() != null) ? path + "?" + request.query() : path;
	}

	private static String key(String resource, @Nullable String namespace, String name) {
		return "%s/%s/%s".formatted(resource, (namespace != null) ? namespace : "", name);
	}

	/**
	 * What a request is to be passed on to.
	 *
	 * @param scheme the protocol, null if it is not said
	 * @param name the name of the object
	 * @param port the port, null if it is not said
	 */
	record Target(@Nullable String scheme, String name, @Nullable String port) {

		/**
		 * Take a target apart, as it stands in paths.
		 * @param text {@code name}, {@code name:port} or {@code scheme:name:port}
		 * @return the target
		 */
		static Target parse(String text) {
			String[] parts = text.split(":", -1);
			return switch (parts.length) {
				case 1 -> new Target(null, text, null);
				case 2 -> new Target(null, parts[0], orNull(parts[1]));
				case 3 -> new Target(orNull(parts[0]), parts[1], orNull(parts[2]));
				default -> throw Statuses.badRequest("invalid service request " + FieldError.quote(text));
			};
		}

		private static @Nullable String orNull(String text) {
			return text.isEmpty() ? null : text;
		}

	}

}
