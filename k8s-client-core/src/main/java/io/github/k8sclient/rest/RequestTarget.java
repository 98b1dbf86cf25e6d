package io.github.k8sclient.rest;

import java.util.Locale;

import io.github.k8sclient.meta.GroupVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * What a request is about.
 *
 * @param method the HTTP method
 * @param groupVersion the group and version, {@code null} for an absolute path
 * @param resource the resource, {@code null} if there is none
 * @param subresource the subresource without what follows it, {@code null} if there is
 * none
 * @param name the name of the object, {@code null} if there is none
 * @param path the path for messages, without the query
 * @param template the path with variables for what has many values
 * @param problem what is wrong with the request, {@code null} if nothing is
 */
record RequestTarget(HttpMethod method, @Nullable GroupVersion groupVersion, @Nullable String resource,
		@Nullable String subresource, @Nullable String name, String path, String template, @Nullable String problem) {

	String describe() {
		return this.method + " " + this.path;
	}

	/**
	 * Return the group, empty for the core group and for an absolute path.
	 */
	String group() {
		return (this.groupVersion != null) ? this.groupVersion.group() : "";
	}

	/**
	 * Return the verb by which roles grant the request.
	 * @param watch whether the request is to watch
	 */
	String verb(boolean watch) {
		if (this.resource == null) {
			return this.method.name().toLowerCase(Locale.ROOT);
		}
		return switch (this.method.name()) {
			case "GET" -> (watch) ? "watch" : (this.name != null) ? "get" : "list";
			case "POST" -> "create";
			case "PUT" -> "update";
			case "DELETE" -> (this.name != null) ? "delete" : "deletecollection";
			default -> this.method.name().toLowerCase(Locale.ROOT);
		};
	}

}
