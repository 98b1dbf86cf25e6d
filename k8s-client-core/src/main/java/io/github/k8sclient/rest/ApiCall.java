package io.github.k8sclient.rest;

import java.net.URI;
import java.time.Duration;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.GroupVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A request that is complete and does not change any more.
 *
 * @param verb the HTTP method
 * @param uri the whole URI
 * @param template the path with variables, for observations
 * @param path the path for messages, without the query
 * @param groupVersion the group and version asked, {@code null} for an absolute path
 * @param resource the resource for messages, {@code null} if there is none
 * @param name the name of the object for messages, {@code null} if there is none
 * @param headers headers set by the caller
 * @param body what is sent, {@code null} for nothing
 * @param timeout limit of the whole call, {@code null} for none
 * @param maxRetries how often the request may be repeated
 * @param decoding how the response is decoded
 * @param problem what is wrong with the call, {@code null} if nothing is
 */
record ApiCall(HttpMethod verb, URI uri, String template, String path, @Nullable GroupVersion groupVersion,
		@Nullable String resource, @Nullable String name, HttpHeaders headers, @Nullable RequestBody body,
		@Nullable Duration timeout, int maxRetries, DecodingOptions decoding, @Nullable String problem) {

	String describe() {
		return this.verb + " " + this.path;
	}

}
