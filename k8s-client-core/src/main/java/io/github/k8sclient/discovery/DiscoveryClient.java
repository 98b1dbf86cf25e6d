package io.github.k8sclient.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.meta.APIGroup;
import io.github.k8sclient.meta.APIResource;
import io.github.k8sclient.meta.APIResourceList;
import io.github.k8sclient.meta.GroupVersion;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.rest.RESTClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * Asks an API server for its version, its groups and its resources. Nothing is cached; a
 * {@link DiscoveryCache} does that.
 * <p>
 * Servers since 1.30 tell all resources in two answers (aggregated discovery); older ones
 * are asked for each group and version.
 * <p>
 * What the methods return does nothing until subscription, and fails with a
 * {@link KubernetesException} when the server refuses or cannot be reached.
 * <p>
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class DiscoveryClient {

	private static final Log logger = LogFactory.getLog(DiscoveryClient.class);

	private static final JsonMapper mapper = JsonMapper.shared();

	private static final int CONCURRENCY = 8;

	// As client-go: a server that aggregates others may wait long for one of them
	private static final Duration TIMEOUT = Duration.ofSeconds(32);

	private final RESTClient restClient;

	private DiscoveryClient(RESTClient restClient) {
		Assert.notNull(restClient, "'restClient' must not be null");
		this.restClient = restClient;
	}

	/**
	 * Create a client over the connections of a REST client.
	 * @param restClient sends the requests
	 * @return a new client
	 */
	public static DiscoveryClient create(RESTClient restClient) {
		return new DiscoveryClient(restClient);
	}

	/**
	 * Ask for the version of the server.
	 * @return the version
	 */
	public Mono<ServerVersion> serverVersion() {
		return this.restClient.get().absPath("/version").raw().map((json) -> version(parse("/version", json)));
	}

	private static ServerVersion version(JsonNode version) {
		return new ServerVersion(version.path("major").asString(""), version.path("minor").asString(""),
				version.path("gitVersion").asString("unknown"), version.path("platform").asStringOpt().orElse(null));
	}

	private static JsonNode parse(String path, byte[] json) {
		try {
			return mapper.readTree(json);
		}
		catch (JacksonException ex) {
			throw new KubernetesException("GET " + path + ": the response is not JSON", ex);
		}
	}

	/**
	 * Ask for the groups and their versions, the core group first, with an empty name.
	 * @return the groups in the server's order of preference. The core group or all
	 * others are left out if the server does not know (404) or does not tell (403) them
	 */
	public Mono<List<APIGroup>> serverGroups() {
		return groups().map(DiscoveryDocument::groups);
	}

	private Mono<DiscoveryDocument> groups() {
		return Mono.zip(document("/api"), document("/apis"), DiscoveryDocument::and);
	}

	private Mono<DiscoveryDocument> document(String path) {
		return this.restClient.get()
			.absPath(path)
			.header(HttpHeaders.ACCEPT, DiscoveryDocument.ACCEPT)
			.timeout(TIMEOUT)
			.raw()
			.map((json) -> DiscoveryDocument.parse(parse(path, json)))
			.onErrorResume(KubernetesApiException.class, (ex) -> (ex.code() == 403 || ex.code() == 404)
					? Mono.just(DiscoveryDocument.EMPTY) : Mono.error(ex));
	}

	/**
	 * Ask for the resources of one group and version.
	 * @param groupVersion the group and version
	 * @return the resources; fails with a {@link io.github.k8sclient.NotFoundException}
	 * if the server does not serve the group and version
	 */
	public Mono<List<ServerResource>> serverResources(GroupVersion groupVersion) {
		Assert.notNull(groupVersion, "'groupVersion' must not be null");
		return this.restClient.get()
			.groupVersion(groupVersion)
			.timeout(TIMEOUT)
			.into(APIResourceList.CODEC)
			.map((list) -> resources(groupVersion, list));
	}

	private static List<ServerResource> resources(GroupVersion groupVersion, APIResourceList list) {
		Map<String, List<ServerSubresource>> subresources = new LinkedHashMap<>();
		for (APIResource resource : list.resources()) {
			String[] names = name(resource).split("/", 2);
			if (names.length == 2) {
				subresources.computeIfAbsent(names[0], (name) -> new ArrayList<>())
					.add(new ServerSubresource(names[1], kind(groupVersion, resource),
							new HashSet<>(resource.verbs())));
			}
		}
		return list.resources()
			.stream()
			.filter((resource) -> !name(resource).contains("/"))
			.map((resource) -> resource(groupVersion, resource, subresources.getOrDefault(name(resource), List.of())))
			.toList();
	}

	private static ServerResource resource(GroupVersion groupVersion, APIResource resource,
			List<ServerSubresource> subresources) {
		return new ServerResource(groupVersion.resource(name(resource)), kind(groupVersion, resource),
				orElse(resource.singularName(), ""), Boolean.TRUE.equals(resource.namespaced()),
				new HashSet<>(resource.verbs()), resource.shortNames(), resource.categories(), subresources);
	}

	private static GroupVersionKind kind(GroupVersion groupVersion, APIResource resource) {
		String version = resource.version();
		String kind = orElse(resource.kind(), "");
		return (version == null || version.isEmpty()) ? groupVersion.kind(kind)
				: new GroupVersionKind(orElse(resource.group(), ""), version, kind);
	}

	private static String name(APIResource resource) {
		return orElse(resource.name(), "");
	}

	private static String orElse(@Nullable String text, String other) {
		return (text == null || text.isEmpty()) ? other : text;
	}

	/**
	 * Ask for all groups and resources at once.
	 * @return what the server serves. Groups and versions that cannot be read, because an
	 * extension API server is down, say, are among the failures, and logged
	 */
	public Mono<ServerResources> discover() {
		return groups().flatMap(this::complete);
	}

	private Mono<ServerResources> complete(DiscoveryDocument document) {
		document.failures().forEach(DiscoveryClient::warn);
		return Flux.fromIterable(document.versionsWithoutResources())
			.flatMap(this::read, CONCURRENCY)
			.reduce(document, DiscoveryDocument::and)
			.map((all) -> new ServerResources(all.groups(), all.resources(), all.failures()));
	}

	private Mono<DiscoveryDocument> read(GroupVersion version) {
		return serverResources(version)
			.map((resources) -> new DiscoveryDocument(List.of(), Map.of(version, resources), Map.of()))
			.onErrorResume(KubernetesException.class, (ex) -> {
				String reason = String.valueOf(ex.getMessage());
				warn(version, reason);
				return Mono.just(new DiscoveryDocument(List.of(), Map.of(), Map.of(version, reason)));
			});
	}

	private static void warn(GroupVersion version, String reason) {
		logger.warn("Resources of " + version + " are not known: " + reason);
	}

	/**
	 * Ask for the resources of all groups and versions.
	 * @return the resources in the order of {@link ServerResources#resources()}
	 */
	public Flux<ServerResource> serverResources() {
		return discover().flatMapIterable(ServerResources::resources);
	}

	/**
	 * Ask for each resource in the version that the server prefers.
	 * @return the resources in the order of {@link ServerResources#resources()}
	 */
	public Flux<ServerResource> serverPreferredResources() {
		return discover().flatMapIterable(ServerResources::preferredResources);
	}

	/**
	 * Find a resource by the name that people give it: the plural or singular name, the
	 * kind or a short name, alone or followed by the group, or by version and group:
	 * {@code deployments}, {@code deploy.apps}, {@code Deployment.v1.apps}. The names are
	 * not case-sensitive. A short name counts only if nothing else has that name.
	 * @param name the name
	 * @return the resource, in the version that the server prefers if the name tells
	 * none; empty if the server serves no such resource. Fails if there is none, and
	 * groups that it may be in could not be read
	 */
	public Mono<ServerResource> find(String name) {
		ResourceName wanted = ResourceName.parse(name);
		return discover().flatMap((resources) -> Mono.justOrEmpty(wanted.bestOf(resources.resources()))
			.switchIfEmpty(Mono.defer(() -> notFound(wanted, resources))));
	}

	private static Mono<ServerResource> notFound(ResourceName wanted, ServerResources resources) {
		Map<GroupVersion, String> failures = new LinkedHashMap<>(resources.failures());
		failures.keySet().removeIf((version) -> !wanted.mayBeIn(version));
		return failures.isEmpty() ? Mono.empty() : Mono.error(new KubernetesException("No resource '" + wanted
				+ "' found, and these could not be read: " + ServerResources.describe(failures)));
	}

	@Override
	public String toString() {
		return "DiscoveryClient[" + this.restClient + "]";
	}

}
