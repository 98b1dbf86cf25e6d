package io.github.k8sclient.rest;

import java.time.Duration;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;

/**
 * One attempt at a call, in one format.
 *
 * @param call the call
 * @param codec reads the objects in the response, {@code null} if nothing does
 * @param format the format to ask for, and to send in
 * @param silence how long the connection may be silent, {@code null} for the default of
 * the connections
 */
record Attempt(ApiCall call, @Nullable Codec<?> codec, WireFormat format, @Nullable Duration silence) {

	/**
	 * The request attribute from which WebClient's observation takes the template. To
	 * have WebClient set it means to have the template parsed for every request.
	 */
	private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

	private static final String ANYTHING = "application/json, */*";

	private static final String PROTOBUF_OR_JSON = WireFormat.PROTOBUF.mediaType() + "," + WireFormat.JSON.mediaType();

	RequestHeadersSpec<?> request(WebClient client) {
		RequestBodySpec request = client.method(this.call.target().method())
			.uri(this.call.uri())
			.attribute(URI_TEMPLATE, this.call.target().template())
			.attribute(RetryFilter.MAX_RETRIES, this.call.maxRetries())
			.headers(this::addTo)
			.httpRequest(this::limitSilence);
		return (this.call.body() != null) ? this.call.body().addTo(request, this.format) : request;
	}

	private void addTo(HttpHeaders headers) {
		headers.set(HttpHeaders.ACCEPT, accept());
		this.call.headers().forEach(headers::put);
	}

	private String accept() {
		if (this.codec == null) {
			return ANYTHING;
		}
		return (this.format == WireFormat.PROTOBUF) ? PROTOBUF_OR_JSON : WireFormat.JSON.mediaType();
	}

	private void limitSilence(ClientHttpRequest request) {
		if (this.silence != null && request.getNativeRequest() instanceof HttpClientRequest nativeRequest) {
			nativeRequest.responseTimeout(this.silence);
		}
	}

	/**
	 * Return whether it is protobuf that a response refuses, so that JSON may pass.
	 */
	boolean protobufRefused(int code) {
		if (this.format != WireFormat.PROTOBUF) {
			return false;
		}
		RequestBody body = this.call.body();
		return code == 406 && this.codec != null || code == 415 && body != null && body.supportsProtobuf();
	}

}
