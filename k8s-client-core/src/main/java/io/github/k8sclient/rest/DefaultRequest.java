package io.github.k8sclient.rest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.UpdateOptions;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * Collects the parts of a request.
 */
final class DefaultRequest implements Request {

	private static final int DEFAULT_MAX_RETRIES = 10;

	private final HttpMethod verb;

	private final URI server;

	private final ApiExchange exchange;

	private final RequestPath path;

	private final QueryParameters parameters = new QueryParameters();

	private final HttpHeaders headers = new HttpHeaders();

	private @Nullable RequestBody body;

	private @Nullable Duration timeout;

	private int maxRetries = DEFAULT_MAX_RETRIES;

	private DecodingOptions decoding = DecodingOptions.defaults();

	DefaultRequest(HttpMethod verb, URI server, GroupVersion groupVersion, ApiExchange exchange) {
		this.verb = verb;
		this.server = server;
		this.path = new RequestPath(groupVersion);
		this.exchange = exchange;
	}

	@Override
	public Request absPath(String... segments) {
		this.path.absolute(segments);
		return this;
	}

	@Override
	public Request requestUri(String uri) {
		Assert.isTrue(uri.startsWith("/"), () -> "'" + uri + "' must begin with a slash");
		URI parsed = URI.create(uri);
		this.path.absolute(parsed.getPath());
		this.parameters.replaceAll(parsed.getRawQuery());
		return this;
	}

	@Override
	public Request prefix(String... segments) {
		this.path.prefix(segments);
		return this;
	}

	@Override
	public Request groupVersion(GroupVersion groupVersion) {
		Assert.notNull(groupVersion, "'groupVersion' must not be null");
		this.path.groupVersion(groupVersion);
		return this;
	}

	@Override
	public Request suffix(String... segments) {
		this.path.suffix(segments);
		return this;
	}

	@Override
	public Request namespace(String namespace) {
		this.path.namespace(namespace);
		return this;
	}

	@Override
	public Request resource(String resource) {
		this.path.resource(resource);
		return this;
	}

	@Override
	public Request resource(GroupVersionResource resource) {
		Assert.notNull(resource, "'resource' must not be null");
		return groupVersion(resource.groupVersion()).resource(resource.resource());
	}

	@Override
	public Request name(String name) {
		this.path.name(name);
		return this;
	}

	@Override
	public Request subResource(String... subresources) {
		this.path.subResource(subresources);
		return this;
	}

	@Override
	public Request param(String name, String value) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(value, "'value' must not be null");
		this.parameters.add(name, value);
		return this;
	}

	@Override
	public Request versionedParams(GetOptions options) {
		this.parameters.write(options);
		return this;
	}

	@Override
	public Request versionedParams(ListOptions options) {
		this.parameters.write(options);
		return this;
	}

	@Override
	public Request versionedParams(CreateOptions options) {
		this.parameters.write(options);
		return this;
	}

	@Override
	public Request versionedParams(UpdateOptions options) {
		this.parameters.write(options);
		return this;
	}

	@Override
	public Request versionedParams(PatchOptions options) {
		this.parameters.write(options);
		return this;
	}

	@Override
	public Request header(String name, String... values) {
		this.headers.put(name, List.of(values));
		return this;
	}

	@Override
	public Request timeout(Duration timeout) {
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be at least a millisecond");
		this.timeout = timeout;
		return this;
	}

	@Override
	public Request maxRetries(int maxRetries) {
		Assert.isTrue(maxRetries >= 0, "'maxRetries' must not be negative");
		this.maxRetries = maxRetries;
		return this;
	}

	@Override
	public Request body(KubernetesObject object) {
		Assert.notNull(object, "'object' must not be null");
		this.body = encodable(object, object.getClass());
		return this;
	}

	private static <T extends KubernetesObject> RequestBody encodable(KubernetesObject object, Class<T> type) {
		return new RequestBody.Encodable<>(type.cast(object), codecOf(type));
	}

	@Override
	public <T> Request body(T object, Codec<T> codec) {
		Assert.notNull(object, "'object' must not be null");
		Assert.notNull(codec, "'codec' must not be null");
		this.body = new RequestBody.Encodable<>(object, codec);
		return this;
	}

	@Override
	public Request body(byte[] content, String contentType) {
		Assert.notNull(content, "'content' must not be null");
		Assert.hasText(contentType, "'contentType' must not be empty");
		this.body = new RequestBody.Content(content, contentType);
		return this;
	}

	@Override
	public Request decoding(DecodingOptions options) {
		Assert.notNull(options, "'options' must not be null");
		this.decoding = options;
		return this;
	}

	@Override
	public <T extends KubernetesObject> Mono<T> into(Class<T> type) {
		return into(codecOf(type));
	}

	@Override
	public <T> Mono<T> into(Codec<T> codec) {
		Assert.notNull(codec, "'codec' must not be null");
		accept(codec.representation(false));
		return this.exchange.object(call(), codec);
	}

	@Override
	public <T extends KubernetesObject> Mono<KubernetesList<T>> list(Class<T> type) {
		return list(codecOf(type));
	}

	@Override
	public <T extends KubernetesObject> Mono<KubernetesList<T>> list(Codec<T> codec) {
		Assert.notNull(codec, "'codec' must not be null");
		accept(codec.representation(true));
		return this.exchange.list(call(), codec);
	}

	@Override
	public <T extends KubernetesObject> Flux<WatchEvent<T>> watch(Class<T> type) {
		return watch(codecOf(type));
	}

	@Override
	public <T extends KubernetesObject> Flux<WatchEvent<T>> watch(Codec<T> codec) {
		Assert.notNull(codec, "'codec' must not be null");
		accept(codec.representation(false));
		this.parameters.set("watch", "true");
		return this.exchange.watch(call(), codec, WatchTerms.of(this.parameters));
	}

	/**
	 * Ask for objects in another form than the ordinary one. A server that cannot change
	 * the form may answer with the ordinary one in JSON.
	 */
	private void accept(@Nullable String representation) {
		if (representation != null && !this.headers.containsHeader(HttpHeaders.ACCEPT)) {
			String json = WireFormat.JSON.mediaType();
			String accepted = json + ";" + representation + "," + json;
			this.headers.set(HttpHeaders.ACCEPT, this.exchange.prefersProtobuf()
					? WireFormat.PROTOBUF.mediaType() + ";" + representation + "," + accepted : accepted);
		}
	}

	@Override
	public Mono<byte[]> raw() {
		return this.exchange.raw(call());
	}

	@Override
	public Mono<Result> result() {
		return this.exchange.result(call());
	}

	@Override
	public Flux<DataBuffer> stream() {
		return this.exchange.stream(call());
	}

	@Override
	public Flux<DataBuffer> webSocket(List<String> subprotocols,
			Function<String, ? extends Publisher<? extends DataBuffer>> outgoing) {
		Assert.notEmpty(subprotocols, "'subprotocols' must not be empty");
		Assert.notNull(outgoing, "'outgoing' must not be null");
		Assert.state(this.verb == HttpMethod.GET && this.body == null, "A WebSocket begins with a GET without a body");
		this.headers.put(WebSocketBody.SUBPROTOCOL, subprotocols);
		return this.exchange.webSocket(call(), outgoing);
	}

	@Override
	public Mono<Void> send() {
		return this.exchange.send(call());
	}

	static <T extends KubernetesObject> Codec<T> codecOf(Class<T> type) {
		return Resources.of(type).codec();
	}

	private ApiCall call() {
		HttpHeaders copy = this.headers.isEmpty() ? HttpHeaders.EMPTY : HttpHeaders.copyOf(this.headers);
		return new ApiCall(this.path.target(this.verb), uri(), copy, this.body, this.timeout, this.maxRetries,
				this.decoding);
	}

	private URI uri() {
		if (this.timeout != null) {
			this.parameters.set("timeout", this.timeout.toMillis() + "ms");
		}
		return URI.create(this.server + this.path.encoded() + this.parameters.encoded());
	}

}
