package io.github.k8sclient.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may do what. As long as no user is known, everybody may do everything.
 */
final class ApiUsers {

	private static final String BEARER = "Bearer ";

	private final Map<String, User> byToken = new ConcurrentHashMap<>();

	void add(String token, String name, Predicate<String> allowed) {
		this.byToken.put(token, new User(name, allowed));
	}

	void remove(String token) {
		this.byToken.remove(token);
	}

	/**
	 * Find out who sent a request.
	 * @param request the request
	 * @return the user, null if there are no users
	 * @throws StatusException 401 if it is nobody who is known
	 */
	@Nullable User authenticate(ApiRequest request) {
		if (this.byToken.isEmpty()) {
			return null;
		}
		String header = request.header(HttpHeaderNames.AUTHORIZATION);
		User user = (header != null && header.startsWith(BEARER))
				? this.byToken.get(header.substring(BEARER.length()).trim()) : null;
		if (user == null) {
			throw Statuses.failure(401, "Unauthorized", "Unauthorized", null);
		}
		return user;
	}

	/**
	 * A user.
	 *
	 * @param name the name
	 * @param allowed tells by verb and resource what the user may do
	 */
	record User(String name, Predicate<String> allowed) {

		/**
		 * Check whether the user may do something.
		 * @param request the request
		 * @param path what it is for
		 * @throws StatusException 403 if not
		 */
		void authorize(ApiRequest request, ResourcePath path) {
			String resource = path.resource().qualifiedName();
			if (path.subresource() != null) {
				resource += "/" + path.subresource();
			}
			if (!this.allowed.test(path.verb(request) + " " + resource)) {
				throw forbidden(this.name, request, path);
			}
		}

	}

	/**
	 * A refusal for lack of rights.
	 * @param user the name of the user
	 * @param request the request
	 * @param path what it is for
	 * @return the refusal
	 */
	static StatusException forbidden(String user, ApiRequest request, ResourcePath path) {
		ServedResource resource = path.resource();
		String scope = (path.namespace() != null) ? "in the namespace " + FieldError.quote(path.namespace())
				: "at the cluster scope";
		String name = (path.name() != null) ? " " + FieldError.quote(path.name()) : "";
		ObjectNode details = ModelCodec.MAPPER.createObjectNode();
		if (path.name() != null) {
			details.put("name", path.name());
		}
		if (!resource.kind().group().isEmpty()) {
			details.put("group", resource.kind().group());
		}
		details.put("kind", resource.name());
		String what = (path.subresource() != null) ? resource.name() + "/" + path.subresource() : resource.name();
		return Statuses.failure(403, "Forbidden",
				"%s%s is forbidden: User %s cannot %s resource %s in API group %s %s".formatted(
						resource.qualifiedName(), name, FieldError.quote(user), path.verb(request),
						FieldError.quote(what), FieldError.quote(resource.kind().group()), scope),
				details);
	}

}
