package io.github.k8sclient.rest;

import java.util.List;
import java.util.function.Consumer;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.observation.RequestObservationConvention;
import io.github.k8sclient.transport.KubernetesTransport;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds a {@link DefaultRESTClient}.
 */
final class DefaultRESTClientBuilder implements RESTClient.Builder {

	private final ClientConfiguration configuration;

	private final @Nullable KubernetesTransport transport;

	private WebClient.Builder webClientBuilder = WebClient.builder().exchangeStrategies(new PlainStrategies());

	private Consumer<WebClient.Builder> customizer = (builder) -> {
	};

	private WarningHandler warningHandler = WarningHandler.logging().once();

	private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	private @Nullable RequestObservationConvention observationConvention;

	private Scheduler scheduler = Schedulers.parallel();

	/**
	 * Begin a client.
	 * @param configuration what to connect to, and how
	 * @param transport the connections, {@code null} for some of the client's own
	 */
	DefaultRESTClientBuilder(ClientConfiguration configuration, @Nullable KubernetesTransport transport) {
		this.configuration = configuration;
		this.transport = transport;
	}

	@Override
	public RESTClient.Builder webClientBuilder(WebClient.Builder webClientBuilder) {
		Assert.notNull(webClientBuilder, "'webClientBuilder' must not be null");
		this.webClientBuilder = webClientBuilder;
		return this;
	}

	@Override
	public RESTClient.Builder filter(ExchangeFilterFunction filter) {
		Assert.notNull(filter, "'filter' must not be null");
		return webClient((builder) -> builder.filter(filter));
	}

	@Override
	public RESTClient.Builder webClient(Consumer<WebClient.Builder> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		this.customizer = this.customizer.andThen(customizer);
		return this;
	}

	@Override
	public RESTClient.Builder warningHandler(WarningHandler warningHandler) {
		Assert.notNull(warningHandler, "'warningHandler' must not be null");
		this.warningHandler = warningHandler;
		return this;
	}

	@Override
	public RESTClient.Builder observationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "'observationRegistry' must not be null");
		this.observationRegistry = observationRegistry;
		return this;
	}

	@Override
	public RESTClient.Builder observationConvention(RequestObservationConvention observationConvention) {
		Assert.notNull(observationConvention, "'observationConvention' must not be null");
		this.observationConvention = observationConvention;
		return this;
	}

	@Override
	public RESTClient.Builder scheduler(Scheduler scheduler) {
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.scheduler = scheduler;
		return this;
	}

	@Override
	public RESTClient build() {
		if (this.transport != null) {
			return build(this.transport, Mono.empty());
		}
		KubernetesTransport transport = KubernetesTransport.create(this.configuration);
		return build(transport, transport.close());
	}

	private RESTClient build(KubernetesTransport transport, Mono<Void> close) {
		Mono<Void> permit = RateLimit.permits(this.configuration.qps(), this.configuration.burst(), this.scheduler);
		ApiExchange exchange = new ApiExchange(webClient(transport.connector(), transport.filters(), permit, true),
				webClient(transport.watchConnector(), transport.watchFilters(), Mono.empty(), false),
				webClient(transport.webSocketConnector(), transport.watchFilters(), permit, false), permit,
				new ResponseErrors(transport::translate, this.configuration.source()), this.warningHandler,
				new RequestObservations(this.observationRegistry, this.observationConvention),
				this.configuration.contentType() == ContentTypePreference.PROTOBUF, this.scheduler);
		return new DefaultRESTClient(this.configuration.server(), new GroupVersion("", "v1"), exchange, close);
	}

	private WebClient webClient(ClientHttpConnector connector, List<ExchangeFilterFunction> innermost,
			Mono<Void> permit, boolean retryAfterBrokenConnections) {
		WebClient.Builder builder = this.webClientBuilder.clone();
		this.customizer.accept(builder);
		return builder.filters((filters) -> {
			filters.add(0, new RetryFilter(this.scheduler, permit, retryAfterBrokenConnections));
			filters.addAll(innermost);
		}).clientConnector(connector).build();
	}

}
