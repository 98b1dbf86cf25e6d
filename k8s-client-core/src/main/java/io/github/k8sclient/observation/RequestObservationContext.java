package io.github.k8sclient.observation;

import io.github.k8sclient.meta.GroupVersion;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is known of a request to the API server while it is observed. Holds neither names
 * nor namespaces of objects, so that nothing made of it has many values.
 *
 * @since 0.1.0
 */
public final class RequestObservationContext extends Observation.Context {

	private final String verb;

	private final @Nullable GroupVersion groupVersion;

	private final @Nullable String resource;

	private final @Nullable String subresource;

	private volatile @Nullable Integer code;

	private volatile boolean cancelled;

	/**
	 * Create a context.
	 * @param verb the verb by which roles grant the request, such as {@code list}
	 * @param groupVersion the group and version, {@code null} for an absolute path
	 * @param resource the resource, {@code null} if there is none
	 * @param subresource the subresource, {@code null} if there is none
	 */
	public RequestObservationContext(String verb, @Nullable GroupVersion groupVersion, @Nullable String resource,
			@Nullable String subresource) {
		Assert.hasText(verb, "'verb' must not be empty");
		this.verb = verb;
		this.groupVersion = groupVersion;
		this.resource = resource;
		this.subresource = subresource;
	}

	/**
	 * Return the verb by which roles grant the request.
	 * @return the verb of Kubernetes, such as {@code list}, or the HTTP method in lower
	 * case where the path names no resource
	 */
	public String verb() {
		return this.verb;
	}

	/**
	 * Return the group and version.
	 * @return the group and version, {@code null} for an absolute path
	 */
	public @Nullable GroupVersion groupVersion() {
		return this.groupVersion;
	}

	/**
	 * Return the resource.
	 * @return the plural name, such as {@code pods}, {@code null} if there is none
	 */
	public @Nullable String resource() {
		return this.resource;
	}

	/**
	 * Return the subresource.
	 * @return the subresource, such as {@code status}, {@code null} if there is none
	 */
	public @Nullable String subresource() {
		return this.subresource;
	}

	/**
	 * Return the HTTP status code of the last response.
	 * @return the code, {@code null} as long as there is none
	 */
	public @Nullable Integer code() {
		return this.code;
	}

	/**
	 * Set the HTTP status code of the last response.
	 * @param code the code
	 */
	public void setCode(int code) {
		this.code = code;
	}

	/**
	 * Return whether the request was cancelled by who made it, which is no failure.
	 * @return {@code true} if the request was cancelled before its end
	 */
	public boolean cancelled() {
		return this.cancelled;
	}

	/**
	 * Say that the request was cancelled.
	 */
	public void setCancelled() {
		this.cancelled = true;
	}

}
