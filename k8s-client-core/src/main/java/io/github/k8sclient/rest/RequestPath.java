package io.github.k8sclient.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.k8sclient.meta.GroupVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The path of a request, put together as client-go does:
 * {@code <prefix>[/namespaces/<namespace>][/<resource>][/<name>][/<subresource>][/<suffix>]}.
 * Parts are checked when they are set.
 */
final class RequestPath {

	private @Nullable GroupVersion groupVersion;

	private String prefix = "";

	private @Nullable String namespace;

	private @Nullable String resource;

	private @Nullable String name;

	private List<String> subresources = List.of();

	private String suffix = "";

	RequestPath(GroupVersion groupVersion) {
		groupVersion(groupVersion);
	}

	void groupVersion(GroupVersion groupVersion) {
		this.groupVersion = groupVersion;
		this.prefix = groupVersion.group().isEmpty() ? "/api/" + groupVersion.version()
				: "/apis/" + groupVersion.group() + "/" + groupVersion.version();
	}

	void absolute(String... segments) {
		this.groupVersion = null;
		this.prefix = join("", segments);
	}

	void prefix(String... segments) {
		this.prefix = join(this.prefix, segments);
	}

	void suffix(String... segments) {
		this.suffix = join(this.suffix, segments);
	}

	private static String join(String start, String... segments) {
		StringBuilder path = new StringBuilder(start);
		for (String segment : segments) {
			for (String part : segment.split("/", -1)) {
				if (!part.isEmpty()) {
					Assert.isTrue(!part.equals(".") && !part.equals(".."),
							() -> "invalid path '" + segment + "': it may not contain '.' or '..' as a segment");
					path.append('/').append(part);
				}
			}
		}
		boolean folder = segments.length == 1 && segments[0].length() > 1 && segments[0].endsWith("/");
		return folder ? path.append('/').toString() : path.toString();
	}

	void namespace(String namespace) {
		Assert.state(this.namespace == null,
				() -> "namespace already set to '" + this.namespace + "', cannot change to '" + namespace + "'");
		this.namespace = checked("namespace", namespace);
	}

	void resource(String resource) {
		Assert.state(this.resource == null,
				() -> "resource already set to '" + this.resource + "', cannot change to '" + resource + "'");
		this.resource = checked("resource", resource).toLowerCase(Locale.ROOT);
	}

	void name(String name) {
		Assert.hasLength(name, "resource name may not be empty");
		Assert.state(this.name == null,
				() -> "resource name already set to '" + this.name + "', cannot change to '" + name + "'");
		this.name = checked("resource name", name);
	}

	void subResource(String... subresources) {
		Assert.state(this.subresources.isEmpty(), () -> "subresource already set to '"
				+ String.join("/", this.subresources) + "', cannot change to '" + String.join("/", subresources) + "'");
		for (String part : subresources) {
			checked("subresource", part);
		}
		this.subresources = List.of(subresources);
	}

	private static String checked(String what, String segment) {
		Assert.notNull(segment, () -> what + " must not be null");
		for (String forbidden : List.of(".", "..")) {
			Assert.isTrue(!segment.equals(forbidden),
					() -> "invalid " + what + " '" + segment + "': may not be '" + forbidden + "'");
		}
		for (String forbidden : List.of("/", "%")) {
			Assert.isTrue(!segment.contains(forbidden),
					() -> "invalid " + what + " '" + segment + "': may not contain '" + forbidden + "'");
		}
		return segment;
	}

	/**
	 * Return what a request with this path is about.
	 */
	RequestTarget target(HttpMethod method) {
		return new RequestTarget(method, this.groupVersion, this.resource,
				this.subresources.isEmpty() ? null : this.subresources.get(0), this.name, toString(), template(),
				problem(method));
	}

	/**
	 * Return the mistake that only shows once the verb is known: an empty namespace that
	 * was set, where it must not be empty.
	 */
	private @Nullable String problem(HttpMethod method) {
		if (!"".equals(this.namespace)) {
			return null;
		}
		if (method == HttpMethod.POST) {
			return "an empty namespace may not be set during creation";
		}
		return (this.name != null) ? "an empty namespace may not be set when a resource name is provided" : null;
	}

	/** Return the path as it goes on the wire, encoded. */
	String encoded() {
		StringBuilder path = new StringBuilder(UriUtils.encodePath(this.prefix, StandardCharsets.UTF_8));
		for (String segment : segments()) {
			path.append('/').append(UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8));
		}
		return path.append(UriUtils.encodePath(this.suffix, StandardCharsets.UTF_8)).toString();
	}

	/**
	 * Return the path with variables for what has many values: fit for a metric's tag. Of
	 * a path that is not put together of its parts, only the beginning is known to have
	 * few.
	 */
	private String template() {
		StringBuilder path = new StringBuilder((this.groupVersion != null) ? this.prefix : beginning());
		int subresources = Math.min(this.subresources.size(), 1);
		for (String segment : segments("{namespace}", "{name}", this.subresources.subList(0, subresources))) {
			path.append('/').append(segment);
		}
		return path.append((this.subresources.size() > 1 || !this.suffix.isEmpty()) ? "/{suffix}" : "").toString();
	}

	private String beginning() {
		StringBuilder path = new StringBuilder();
		String[] parts = this.prefix.split("/");
		for (int i = 1; i < Math.min(parts.length, 3); i++) {
			path.append('/').append(parts[i]);
		}
		return path.append((parts.length > 3) ? "/{path}" : "").toString();
	}

	private List<String> segments() {
		return segments(this.namespace, this.name, this.subresources);
	}

	private List<String> segments(@Nullable String namespace, @Nullable String name, List<String> subresources) {
		List<String> segments = new ArrayList<>();
		if (StringUtils.hasLength(this.namespace) && namespace != null) {
			segments.add("namespaces");
			segments.add(namespace);
		}
		if (this.resource != null) {
			segments.add(this.resource);
		}
		if (this.name != null && name != null) {
			segments.add(name);
		}
		segments.addAll(subresources);
		return segments;
	}

	@Override
	public String toString() {
		StringBuilder path = new StringBuilder(this.prefix);
		segments().forEach((segment) -> path.append('/').append(segment));
		return path.append(this.suffix).toString();
	}

}
