package io.github.k8sclient.autoconfigure.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.ServerVersion;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} to expose the API server that the application is connected
 * to, the source of its configuration, and the state of its informers. Credentials are
 * not exposed.
 *
 * @since 0.1.0
 */
@Endpoint(id = "kubernetes")
public final class KubernetesEndpoint {

	private final ClientConfiguration configuration;

	private final DiscoveryClient discoveryClient;

	private final @Nullable SharedInformerFactory informers;

	private final Duration timeout;

	/**
	 * Create an endpoint.
	 * @param configuration the configuration of the client
	 * @param discoveryClient the client that asks the API server for its version
	 * @param informers the informers, {@code null} if there are none
	 * @param timeout the maximum time to wait for the API server
	 */
	public KubernetesEndpoint(ClientConfiguration configuration, DiscoveryClient discoveryClient,
			@Nullable SharedInformerFactory informers, Duration timeout) {
		this.configuration = configuration;
		this.discoveryClient = discoveryClient;
		this.informers = informers;
		this.timeout = timeout;
	}

	/**
	 * Describe the client, the API server and the informers.
	 * @return the description, even if the API server does not answer
	 */
	@ReadOperation
	public Mono<KubernetesDescriptor> kubernetes() {
		return this.discoveryClient.serverVersion()
			.timeout(this.timeout)
			.map(ServerDescriptor::of)
			.onErrorResume((ex) -> Mono.just(ServerDescriptor.unknown(reason(ex))))
			.map((server) -> new KubernetesDescriptor(ClientDescriptor.of(this.configuration), server,
					informers().stream().map(InformerDescriptor::of).toList()));
	}

	private String reason(Throwable ex) {
		return (ex instanceof TimeoutException) ? "no answer within " + this.timeout.toMillis() + " ms"
				: String.valueOf(ex.getMessage());
	}

	/**
	 * Describe the informers of a resource.
	 * @param resource the resource, such as {@code deployments.apps}
	 * @return the informers with their handlers, {@code null} if there are none
	 */
	@ReadOperation
	public @Nullable List<InformerDescriptor> informers(@Selector String resource) {
		List<InformerDescriptor> descriptors = informers().stream()
			.filter((informer) -> informer.resource().resource().groupResource().toString().equals(resource))
			.map(InformerDescriptor::of)
			.toList();
		return descriptors.isEmpty() ? null : descriptors;
	}

	private List<SharedInformer<?>> informers() {
		return (this.informers != null) ? List.copyOf(this.informers.informers()) : List.of();
	}

	/**
	 * Description of the client, the API server and the informers.
	 *
	 * @param client the client
	 * @param server the API server
	 * @param informers the informers
	 */
	public record KubernetesDescriptor(ClientDescriptor client, ServerDescriptor server,
			List<InformerDescriptor> informers) {

	}

	/**
	 * The client.
	 *
	 * @param server the address of the API server
	 * @param source the source of the configuration
	 * @param context the context of the kubeconfig, {@code null} if there is none
	 * @param namespace the default namespace
	 */
	public record ClientDescriptor(String server, String source, @Nullable String context, String namespace) {

		static ClientDescriptor of(ClientConfiguration configuration) {
			return new ClientDescriptor(configuration.server().toString(), configuration.source(),
					configuration.context(), configuration.namespace());
		}

	}

	/**
	 * The API server.
	 *
	 * @param version the version of the server, {@code null} if it is unknown
	 * @param platform the platform of the server, {@code null} if it is unknown
	 * @param error why the version is unknown, {@code null} if it is known
	 */
	public record ServerDescriptor(@Nullable String version, @Nullable String platform, @Nullable String error) {

		static ServerDescriptor of(ServerVersion version) {
			return new ServerDescriptor(version.gitVersion(), version.platform(), null);
		}

		static ServerDescriptor unknown(String error) {
			return new ServerDescriptor(null, null, error);
		}

	}

}
