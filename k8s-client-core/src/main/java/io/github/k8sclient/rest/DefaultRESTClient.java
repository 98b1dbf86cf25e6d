package io.github.k8sclient.rest;

import java.net.URI;

import io.github.k8sclient.meta.GroupVersion;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * The {@link RESTClient}: makes requests that an {@link ApiExchange} sends.
 */
final class DefaultRESTClient implements RESTClient {

	private final URI server;

	private final GroupVersion groupVersion;

	private final ApiExchange exchange;

	private final Mono<Void> close;

	DefaultRESTClient(URI server, GroupVersion groupVersion, ApiExchange exchange, Mono<Void> close) {
		this.server = server;
		this.groupVersion = groupVersion;
		this.exchange = exchange;
		this.close = close;
	}

	@Override
	public Request verb(HttpMethod verb) {
		Assert.notNull(verb, "'verb' must not be null");
		return new DefaultRequest(verb, this.server, this.groupVersion, this.exchange);
	}

	@Override
	public GroupVersion groupVersion() {
		return this.groupVersion;
	}

	@Override
	public RESTClient forGroupVersion(GroupVersion groupVersion) {
		Assert.notNull(groupVersion, "'groupVersion' must not be null");
		return new DefaultRESTClient(this.server, groupVersion, this.exchange, this.close);
	}

	@Override
	public Mono<Void> close() {
		return this.close;
	}

	@Override
	public String toString() {
		return "RESTClient[" + this.server + ", " + this.groupVersion + "]";
	}

}
