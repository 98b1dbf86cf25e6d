package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.auth.ExecPluginListener;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.DiscoveryCache;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.OpenApiClient;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.metadata.MetadataClient;
import io.github.k8sclient.observation.RequestObservationConvention;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.WarningHandler;
import io.github.k8sclient.scale.ScaleClient;
import io.github.k8sclient.transport.KubernetesTransport;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the Kubernetes client: the
 * connection to the API server, and the clients that use it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SslAutoConfiguration.class,
		afterName = { "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration",
				"org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "k8s.client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(KubernetesClientProperties.class)
public final class KubernetesClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(KubernetesConnectionDetails.class)
	PropertiesKubernetesConnectionDetails kubernetesConnectionDetails(KubernetesClientProperties properties,
			ObjectProvider<SslBundles> sslBundles) {
		return new PropertiesKubernetesConnectionDetails(properties, sslBundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	ClientConfiguration kubernetesClientConfiguration(KubernetesConnectionDetails connectionDetails,
			KubernetesClientProperties properties, Environment environment) {
		return new ClientConfigurationFactory(properties, environment)
			.create(connectionDetails.getClientConfiguration());
	}

	@Bean
	@ConditionalOnMissingBean
	KubernetesTransport kubernetesTransport(ClientConfiguration configuration, KubernetesClientProperties properties,
			ObjectProvider<KubernetesConnectionDetails> connectionDetails,
			ObjectProvider<ReactorResourceFactory> resourceFactory, ObjectProvider<ExecPluginListener> listeners) {
		return new KubernetesTransportFactory(configuration, connectionDetails.getIfAvailable(),
				resourceFactory.getIfAvailable(), properties)
			.create(listeners.orderedStream().toList());
	}

	@Bean
	ObservationRESTClientCustomizer kubernetesRestClientObservationCustomizer(
			ObjectProvider<ObservationRegistry> registry, ObjectProvider<RequestObservationConvention> convention) {
		return new ObservationRESTClientCustomizer(registry, convention);
	}

	@Bean
	WarningRESTClientCustomizer kubernetesRestClientWarningCustomizer(ObjectProvider<WarningHandler> handlers) {
		return new WarningRESTClientCustomizer(handlers);
	}

	@Bean
	@ConditionalOnMissingBean
	RESTClient kubernetesRestClient(KubernetesTransport transport, ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<RESTClientCustomizer> customizers) {
		RESTClient.Builder builder = RESTClient.builder(transport);
		webClientBuilder.ifAvailable(builder::webClientBuilder);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	Clientset kubernetesClientset(RESTClient restClient) {
		return Clientset.create(restClient);
	}

	@Bean
	@ConditionalOnMissingBean
	DiscoveryClient kubernetesDiscoveryClient(RESTClient restClient) {
		return DiscoveryClient.create(restClient);
	}

	@Bean
	@ConditionalOnMissingBean
	DiscoveryCache kubernetesDiscoveryCache(DiscoveryClient discoveryClient) {
		return DiscoveryCache.create(discoveryClient);
	}

	@Bean
	@ConditionalOnMissingBean
	RESTMapper kubernetesRestMapper(DiscoveryCache discoveryCache) {
		return RESTMapper.create(discoveryCache);
	}

	@Bean
	@ConditionalOnMissingBean
	DynamicClient kubernetesDynamicClient(RESTClient restClient, RESTMapper restMapper,
			ClientConfiguration configuration) {
		return DynamicClient.create(restClient, restMapper, configuration.namespace());
	}

	@Bean
	@ConditionalOnMissingBean
	MetadataClient kubernetesMetadataClient(RESTClient restClient) {
		return MetadataClient.create(restClient);
	}

	@Bean
	@ConditionalOnMissingBean
	ScaleClient kubernetesScaleClient(RESTClient restClient, RESTMapper restMapper) {
		return ScaleClient.create(restClient, restMapper);
	}

	@Bean
	@ConditionalOnMissingBean
	OpenApiClient kubernetesOpenApiClient(RESTClient restClient) {
		return OpenApiClient.create(restClient);
	}

}
