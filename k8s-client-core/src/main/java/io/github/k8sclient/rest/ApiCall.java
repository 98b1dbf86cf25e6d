package io.github.k8sclient.rest;

import java.net.URI;
import java.time.Duration;

import io.github.k8sclient.codec.DecodingOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A request that is complete and does not change any more.
 *
 * @param target what the request is about
 * @param uri the whole URI
 * @param headers headers set by the caller
 * @param body what is sent, {@code null} for nothing
 * @param timeout limit of the whole call, {@code null} for none
 * @param maxRetries how often the request may be repeated
 * @param decoding how the response is decoded
 */
record ApiCall(RequestTarget target, URI uri, HttpHeaders headers, @Nullable RequestBody body,
		@Nullable Duration timeout, int maxRetries, DecodingOptions decoding) {

	ApiCall with(RequestBody body) {
		return new ApiCall(this.target, this.uri, this.headers, body, this.timeout, this.maxRetries, this.decoding);
	}

	String describe() {
		return this.target.describe();
	}

}
