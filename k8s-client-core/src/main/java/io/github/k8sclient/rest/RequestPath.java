package io.github.k8sclient.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.k8sclient.meta.GroupVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;

/**
 * The path of a request, put together as client-go does:
 * {@code <prefix>[/namespaces/<namespace>][/<resource>][/<name>][/<subresource>][/<suffix>]}.
 * Parts are checked when they are set.
 */
final class RequestPath {

	private String prefix;

	private @Nullable String namespace;

	private @Nullable String resource;

	private @Nullable String name;

	private @Nullable String subresource;

	private String suffix = "";

	RequestPath(GroupVersion groupVersion) {
		this.prefix = prefixOf(groupVersion);
	}

	private static String prefixOf(GroupVersion groupVersion) {
		return groupVersion.group().isEmpty() ? "/api/" + groupVersion.version()
				: "/apis/" + groupVersion.group() + "/" + groupVersion.version();
	}

	void groupVersion(GroupVersion groupVersion) {
		this.prefix = prefixOf(groupVersion);
	}

	void absolute(String... segments) {
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
		String joined = String.join("/", subresources);
		Assert.state(this.subresource == null,
				() -> "subresource already set to '" + this.subresource + "', cannot change to '" + joined + "'");
		for (String part : subresources) {
			checked("subresource", part);
		}
		this.subresource = joined;
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

	@Nullable String resource() {
		return this.resource;
	}

	@Nullable String name() {
		return this.name;
	}

	/**
	 * Return the mistake that only shows once the verb is known: an empty namespace that
	 * was set, where it must not be empty.
	 */
	@Nullable String problemFor(HttpMethod verb) {
		if (!"".equals(this.namespace)) {
			return null;
		}
		if (verb == HttpMethod.POST) {
			return "an empty namespace may not be set during creation";
		}
		return (this.name != null) ? "an empty namespace may not be set when a resource name is provided" : null;
	}

	/** Return the path as it goes on the wire, encoded. */
	String encoded() {
		StringBuilder path = new StringBuilder(UriUtils.encodePath(this.prefix, StandardCharsets.UTF_8));
		for (String segment : segments(this.namespace, this.name)) {
			path.append('/').append(UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8));
		}
		return path.append(UriUtils.encodePath(this.suffix, StandardCharsets.UTF_8)).toString();
	}

	/**
	 * Return the path with variables for what has many values: fit for a metric's tag.
	 */
	String template() {
		StringBuilder path = new StringBuilder(this.prefix);
		for (String segment : segments((this.namespace != null) ? "{namespace}" : null,
				(this.name != null) ? "{name}" : null)) {
			path.append('/').append(segment);
		}
		return path.append(this.suffix).toString();
	}

	private List<String> segments(@Nullable String namespace, @Nullable String name) {
		List<String> segments = new ArrayList<>();
		if (this.namespace != null && !this.namespace.isEmpty() && namespace != null) {
			segments.add("namespaces");
			segments.add(namespace);
		}
		add(segments, this.resource);
		add(segments, name);
		if (this.subresource != null) {
			segments.addAll(List.of(this.subresource.split("/")));
		}
		return segments;
	}

	private static void add(List<String> segments, @Nullable String segment) {
		if (segment != null) {
			segments.add(segment);
		}
	}

	@Override
	public String toString() {
		StringBuilder path = new StringBuilder(this.prefix);
		segments(this.namespace, this.name).forEach((segment) -> path.append('/').append(segment));
		return path.append(this.suffix).toString();
	}

}
