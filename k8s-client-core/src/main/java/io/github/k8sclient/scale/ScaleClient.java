package io.github.k8sclient.scale;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.autoscaling.v1.Scale;
import io.github.k8sclient.client.Patch;
import io.github.k8sclient.discovery.RESTMapper;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.discovery.ServerSubresource;
import io.github.k8sclient.meta.GroupResource;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Client for the subresource {@code scale} of resources of any kind: deployments,
 * stateful sets, and custom resources that can be scaled.
 *
 * <pre class="code">
 * scaleClient.scales("default")
 * 	.get(GroupResource.parse("deployments.apps"), "web")
 * 	.map((scale) -&gt; scale.toBuilder().spec((spec) -&gt; spec.replicas(3)).build())
 * 	.flatMap((scale) -&gt; scaleClient.scales("default").update(GroupResource.parse("deployments.apps"), scale));
 * </pre>
 * <p>
 * The version of a resource is the one that the server prefers. Every scale is one of
 * {@code autoscaling/v1}: those of {@code extensions/v1beta1}, {@code apps/v1beta1} and
 * {@code apps/v1beta2}, which old servers know, are converted in both directions.
 * <p>
 * What the methods of {@link Scales} return does nothing until subscription, and fails
 * with a {@link io.github.k8sclient.discovery.NoMatchException} if the server does not
 * serve the resource, and with another {@link KubernetesException} if the resource cannot
 * be scaled, or the server refuses or cannot be reached.
 * <p>
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ScaleClient {

	private static final String SCALE = "scale";

	private final RESTClient restClient;

	private final RESTMapper mapper;

	private ScaleClient(RESTClient restClient, RESTMapper mapper) {
		Assert.notNull(restClient, "'restClient' must not be null");
		Assert.notNull(mapper, "'mapper' must not be null");
		this.restClient = restClient;
		this.mapper = mapper;
	}

	/**
	 * Create a client over the connections of a REST client, with a mapper of its own.
	 * @param restClient sends the requests
	 * @return a new client
	 */
	public static ScaleClient create(RESTClient restClient) {
		return create(restClient, RESTMapper.create(restClient));
	}

	/**
	 * Create a client over the connections of a REST client.
	 * @param restClient sends the requests
	 * @param mapper knows the versions of resources and the kinds of their scales
	 * @return a new client
	 */
	public static ScaleClient create(RESTClient restClient, RESTMapper mapper) {
		return new ScaleClient(restClient, mapper);
	}

	/**
	 * Return a client for the scales in a namespace.
	 * @param namespace the namespace; empty for resources without namespaces
	 * @return the client
	 */
	public Scales scales(String namespace) {
		Assert.notNull(namespace, "'namespace' must not be null");
		return new Scales(namespace);
	}

	@Override
	public String toString() {
		return "ScaleClient[" + this.restClient + "]";
	}

	/**
	 * Client for the scales in one namespace.
	 */
	public final class Scales {

		private final String namespace;

		private Scales(String namespace) {
			this.namespace = namespace;
		}

		/**
		 * Read the scale of an object.
		 * @param resource the resource of the object
		 * @param name the name of the object
		 * @return the scale
		 */
		public Mono<Scale> get(GroupResource resource, String name) {
			return find(resource)
				.flatMap((target) -> request(ScaleClient.this.restClient.get(), target, name).into(ScaleCodec.ANY));
		}

		/**
		 * Change the scale of an object.
		 * @param resource the resource of the object
		 * @param scale the scale, with the name of the object. With the resource version
		 * in its metadata, it replaces that version only
		 * @return the scale as the server keeps it; fails with a
		 * {@link io.github.k8sclient.ConflictException} if the object has changed since
		 * the scale was read
		 */
		public Mono<Scale> update(GroupResource resource, Scale scale) {
			Assert.notNull(scale, "'scale' must not be null");
			String name = scale.metadata().name();
			Assert.hasText(name, "'scale' must have a name");
			return find(resource).flatMap((target) -> request(ScaleClient.this.restClient.put(), target, name)
				.body(scale, ScaleCodec.of(scaleKind(target)))
				.into(ScaleCodec.ANY));
		}

		/**
		 * Change a part of the scale of an object.
		 * @param resource the resource of the object
		 * @param name the name of the object
		 * @param patch the change, sent as it is
		 * @return the scale as the server keeps it
		 */
		public Mono<Scale> patch(GroupResource resource, String name, Patch patch) {
			Assert.notNull(patch, "'patch' must not be null");
			return find(resource).flatMap((target) -> request(ScaleClient.this.restClient.patch(), target, name)
				.body(patch.content(), patch.type().mediaType())
				.into(ScaleCodec.ANY));
		}

		private Mono<ServerResource> find(GroupResource resource) {
			Assert.notNull(resource, "'resource' must not be null");
			return ScaleClient.this.mapper.resourceFor(resource.toString());
		}

		private Request request(Request request, ServerResource target, String name) {
			request.resource(target.resource()).name(name).subResource(SCALE);
			return target.namespaced() ? request.namespace(this.namespace) : request;
		}

		private static GroupVersionKind scaleKind(ServerResource target) {
			ServerSubresource scale = target.subresource(SCALE);
			if (scale == null) {
				throw new KubernetesException(target.resource() + " cannot be scaled");
			}
			return scale.kind();
		}

	}

}
