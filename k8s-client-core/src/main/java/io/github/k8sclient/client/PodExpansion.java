package io.github.k8sclient.client;

import java.util.List;

import io.github.k8sclient.api.core.v1.Binding;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodLogOptions;
import io.github.k8sclient.api.policy.v1.Eviction;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.streaming.PortForward;
import io.github.k8sclient.streaming.RemoteAttachment;
import io.github.k8sclient.streaming.RemoteCommand;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;

/**
 * What can be done with pods and nothing else.
 */
abstract class PodExpansion extends ResourceClient<Pod> {

	PodExpansion(RESTClient restClient, @Nullable String namespace) {
		super(restClient, Pod.RESOURCE, namespace);
	}

	/**
	 * Read the log of the only container of a pod, up to now.
	 * @param name name of the pod
	 * @return the bytes as they come, as in {@link #logs(String, PodLogOptions)}
	 */
	public Flux<DataBuffer> logs(String name) {
		return logs(name, PodLogOptions.builder().build());
	}

	/**
	 * Read the log of a container.
	 * @param name name of the pod
	 * @param options which container, from when on or how many of the last lines, whether
	 * with timestamps, and whether to follow it
	 * @return the bytes as they come, no faster than they are asked for. Each buffer is
	 * to be released by who receives it. With {@code follow} it ends when the container
	 * does, or breaks off with an error when the connection does; there is no limit to
	 * its silence. Cancellation ends the request
	 */
	public Flux<DataBuffer> logs(String name, PodLogOptions options) {
		return PodLogParameters.addTo(request(HttpMethod.GET, name).subResource("log"), options).stream();
	}

	/**
	 * Read the log of the only container of a pod, up to now.
	 * @param name name of the pod
	 * @return the lines, as in {@link #logLines(String, PodLogOptions)}
	 */
	public Flux<String> logLines(String name) {
		return logLines(name, PodLogOptions.builder().build());
	}

	/**
	 * Read the log of a container, line by line.
	 * @param name name of the pod
	 * @param options which container, from when on or how many of the last lines, whether
	 * with timestamps, and whether to follow it
	 * @return the lines without their ends, no faster than they are asked for. Ends as
	 * {@link #logs(String, PodLogOptions)} does, and with a
	 * {@link io.github.k8sclient.KubernetesException} at a line longer than 16 MiB
	 */
	public Flux<String> logLines(String name, PodLogOptions options) {
		return LogLines.of(logs(name, options));
	}

	/**
	 * Name a command to run in a container of a pod.
	 * @param name name of the pod
	 * @param command the program and its arguments; no shell takes part unless it is the
	 * program
	 * @return the command, which runs when its result or output is subscribed to
	 */
	public RemoteCommand exec(String name, String... command) {
		return RemoteCommand.of(() -> request(HttpMethod.GET, name).subResource("exec"), List.of(command));
	}

	/**
	 * Name a container to attach to: to read what its process writes from now on, and to
	 * write to its standard input.
	 * @param name name of the pod
	 * @return the attachment, which is made when its output is subscribed to
	 */
	public RemoteAttachment attach(String name) {
		return RemoteAttachment.of(() -> request(HttpMethod.GET, name).subResource("attach"));
	}

	/**
	 * Name a port of a pod to connect to.
	 * @param name name of the pod
	 * @param port the port, as a number
	 * @return the port, to which connections are made when they are subscribed to
	 */
	public PortForward portForward(String name, int port) {
		return PortForward.of(() -> request(HttpMethod.GET, name).subResource("portforward"), port);
	}

	/**
	 * Evict a pod: delete it if the disruption budgets that it falls under permit that.
	 * @param name name of the pod
	 * @return completes when the pod is being deleted; fails with a
	 * {@link io.github.k8sclient.TooManyRequestsException} if a disruption budget forbids
	 * it for now
	 */
	public Mono<Void> evict(String name) {
		return evict(Eviction.builder().metadata((metadata) -> metadata.name(name)).build());
	}

	/**
	 * Evict a pod: delete it if the disruption budgets that it falls under permit that.
	 * @param eviction the name of the pod in its metadata, and the options of the
	 * deletion
	 * @return completes as that of {@link #evict(String)} does
	 */
	public Mono<Void> evict(Eviction eviction) {
		return request(HttpMethod.POST, nameOf(eviction)).subResource("eviction").body(eviction, Eviction.CODEC).send();
	}

	/**
	 * Assign a pod to a node, as schedulers do.
	 * @param binding the name of the pod in its metadata, and the node as its target
	 * @return completes when the pod is assigned; fails with a
	 * {@link io.github.k8sclient.ConflictException} if it is already
	 */
	public Mono<Void> bind(Binding binding) {
		return bind(binding, CreateOptions.builder().build());
	}

	/**
	 * Assign a pod to a node, as schedulers do.
	 * @param binding the name of the pod in its metadata, and the node as its target
	 * @param options dry run and field manager
	 * @return completes as that of {@link #bind(Binding)} does
	 */
	public Mono<Void> bind(Binding binding, CreateOptions options) {
		return request(HttpMethod.POST, nameOf(binding)).subResource("binding")
			.versionedParams(options)
			.body(binding, Binding.CODEC)
			.send();
	}

	/**
	 * Begin a request that the API server passes on to a pod.
	 * @param verb the HTTP method
	 * @param target the pod, its port and protocol
	 * @param path the path at the pod
	 * @return the request, to which parameters, headers and a body can be added
	 */
	public Request proxy(HttpMethod verb, ProxyTarget target, String path) {
		return proxyRequest(verb, target, path);
	}

}
