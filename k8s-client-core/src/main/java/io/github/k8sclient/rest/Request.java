package io.github.k8sclient.rest;

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
import io.github.k8sclient.watch.WatchEvent;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * One request to the API server: say where it goes and what it carries, then how its
 * response is read.
 * <p>
 * The methods that say where it goes change this request and return it, and throw an
 * {@link IllegalArgumentException} for what cannot be a part of a path, and an
 * {@link IllegalStateException} for a part that is set twice. A request is put together
 * by one thread.
 * <p>
 * The methods that read the response ({@code into}, {@code list}, {@code watch},
 * {@code raw}, {@code result}, {@code stream}, {@code webSocket}, {@code send}) take the
 * request as it is then. What they return does nothing until subscription, may be
 * subscribed to more than once, and makes a request for each subscription. It fails with
 * <ul>
 * <li>a {@link io.github.k8sclient.KubernetesApiException} when the server refuses,</li>
 * <li>another {@link io.github.k8sclient.KubernetesException} when the server cannot be
 * reached, does not answer in time, or its answer cannot be read,</li>
 * <li>an {@link IllegalArgumentException} when a namespace is empty that must not
 * be.</li>
 * </ul>
 * Cancellation ends the request, and is no failure.
 *
 * @since 0.1.0
 */
public interface Request {

	/**
	 * Set the beginning of the path, in place of that of the group and version.
	 * @param segments segments of the path, unencoded, each of one or more parts
	 * separated by slashes; a slash at the end of a single one is kept
	 * @return this request
	 */
	Request absPath(String... segments);

	/**
	 * Set the whole path and query, as a server has given them. They take the place of
	 * absolute path and parameters that were set.
	 * @param uri the path and query, encoded, beginning with a slash
	 * @return this request
	 */
	Request requestUri(String uri);

	/**
	 * Add segments to the beginning of the path, before namespace, resource and name.
	 * @param segments segments of the path, unencoded
	 * @return this request
	 */
	Request prefix(String... segments);

	/**
	 * Set the beginning of the path to that of a group and version.
	 * @param groupVersion the group and version
	 * @return this request
	 */
	Request groupVersion(GroupVersion groupVersion);

	/**
	 * Add segments to the end of the path, after everything else.
	 * @param segments segments of the path, unencoded
	 * @return this request
	 */
	Request suffix(String... segments);

	/**
	 * Set the namespace.
	 * @param namespace the namespace; empty for all of them, which is possible for
	 * reading many objects only
	 * @return this request
	 */
	Request namespace(String namespace);

	/**
	 * Set the resource.
	 * @param resource the plural name, such as {@code pods}
	 * @return this request
	 */
	Request resource(String resource);

	/**
	 * Set the resource, and the beginning of the path to that of its group and version.
	 * @param resource the resource
	 * @return this request
	 */
	Request resource(GroupVersionResource resource);

	/**
	 * Set the name of the object.
	 * @param name the name, not empty
	 * @return this request
	 */
	Request name(String name);

	/**
	 * Set the subresource.
	 * @param subresources the subresource, such as {@code status}, and what follows it
	 * @return this request
	 */
	Request subResource(String... subresources);

	/**
	 * Add a query parameter. One that is there already is kept as well.
	 * @param name name of the parameter
	 * @param value value of the parameter, unencoded
	 * @return this request
	 */
	Request param(String name, String value);

	/**
	 * Add options as query parameters, except for those that are empty.
	 * @param options the options
	 * @return this request
	 */
	Request versionedParams(GetOptions options);

	/**
	 * Add options as query parameters, except for those that are empty.
	 * @param options the options
	 * @return this request
	 */
	Request versionedParams(ListOptions options);

	/**
	 * Add options as query parameters, except for those that are empty.
	 * @param options the options
	 * @return this request
	 */
	Request versionedParams(CreateOptions options);

	/**
	 * Add options as query parameters, except for those that are empty.
	 * @param options the options
	 * @return this request
	 */
	Request versionedParams(UpdateOptions options);

	/**
	 * Add options as query parameters, except for those that are empty.
	 * @param options the options
	 * @return this request
	 */
	Request versionedParams(PatchOptions options);

	/**
	 * Set a header, in place of values that it has. An {@code Accept} header set here is
	 * sent as it is.
	 * @param name name of the header
	 * @param values values of the header
	 * @return this request
	 */
	Request header(String name, String... values);

	/**
	 * Limit the whole request, retries included, and tell the server the same limit by
	 * the parameter {@code timeout}. A watch or a stream is told to the server only.
	 * @param timeout the limit, positive
	 * @return this request
	 */
	Request timeout(Duration timeout);

	/**
	 * Set how often the request may be repeated.
	 * @param maxRetries the number of attempts after the first one, 10 by default; 0 for
	 * none
	 * @return this request
	 */
	Request maxRetries(int maxRetries);

	/**
	 * Send an object of a built-in kind.
	 * @param object the object
	 * @return this request
	 */
	Request body(KubernetesObject object);

	/**
	 * Send an object.
	 * @param object the object
	 * @param codec writes the object
	 * @param <T> the type of the object
	 * @return this request
	 */
	<T> Request body(T object, Codec<T> codec);

	/**
	 * Send bytes as they are.
	 * @param content the bytes, not copied
	 * @param contentType the media type
	 * @return this request
	 */
	Request body(byte[] content, String contentType);

	/**
	 * Set how objects in the response are decoded.
	 * @param options the options, by default {@link DecodingOptions#defaults()}. Options
	 * with an interner are fit for one subscription at a time
	 * @return this request
	 */
	Request decoding(DecodingOptions options);

	/**
	 * Send the request, and read the response as an object of a built-in kind.
	 * @param type the class of the object
	 * @param <T> the type of the object
	 * @return the object; empty if the server answers with a {@code Status} of success in
	 * its place
	 */
	<T extends KubernetesObject> Mono<T> into(Class<T> type);

	/**
	 * Send the request, and read the response as an object.
	 * @param codec reads the object
	 * @param <T> the type of the object
	 * @return the object; empty if the server answers with a {@code Status} of success in
	 * its place
	 */
	<T> Mono<T> into(Codec<T> codec);

	/**
	 * Send the request, and read the response as a list of a built-in kind.
	 * @param type the class of the items
	 * @param <T> the type of the items
	 * @return the list
	 * @see #list(Codec)
	 */
	<T extends KubernetesObject> Mono<KubernetesList<T>> list(Class<T> type);

	/**
	 * Send the request, and read the response as a list. Items are decoded one by one as
	 * the bytes arrive, so that the list may be of any size.
	 * @param codec reads the items
	 * @param <T> the type of the items
	 * @return the list
	 */
	<T extends KubernetesObject> Mono<KubernetesList<T>> list(Codec<T> codec);

	/**
	 * Watch objects of a built-in kind.
	 * @param type the class of the objects
	 * @param <T> the type of the objects
	 * @return the events
	 * @see #watch(Codec)
	 */
	<T extends KubernetesObject> Flux<WatchEvent<T>> watch(Class<T> type);

	/**
	 * Send the request with the parameter {@code watch=true}, and read the events of the
	 * response as they come. A watch is limited by its parameter {@code timeoutSeconds}:
	 * the server ends it then, and this client does if the connection is silent for a
	 * little longer. Without that parameter the server chooses when to end it, within an
	 * hour unless told otherwise, and this client does after 65 minutes of silence.
	 * <p>
	 * A connection that breaks before the response fails the watch. client-go tries for
	 * ten seconds and then pretends that there were no events; here who watches decides:
	 * informers and {@link io.github.k8sclient.watch.RetryWatcher} try again and say so.
	 * <p>
	 * With {@code allowWatchBookmarks=true} and a version other than 0, the first event
	 * is a bookmark for that version, made by this client when the server has accepted
	 * the watch: a quiet watch can be told from one that is not answered.
	 * @param codec reads the objects
	 * @param <T> the type of the objects
	 * @return the events. It ends as {@link io.github.k8sclient.watch.ListWatch#watch}
	 * says; cancellation closes the connection (HTTP/1.1) or the stream (HTTP/2)
	 */
	<T extends KubernetesObject> Flux<WatchEvent<T>> watch(Codec<T> codec);

	/**
	 * Send the request, and return the body of the response.
	 * @return the bytes, decompressed; an empty array if there are none
	 */
	Mono<byte[]> raw();

	/**
	 * Send the request, and return the response with its status code and warnings. A
	 * server that refuses is no failure here: {@link Result#error()} tells.
	 * @return the response, whole
	 */
	Mono<Result> result();

	/**
	 * Send the request, and return the body of the response as it comes.
	 * @return the bytes, decompressed. Each buffer is to be released by who receives it
	 */
	Flux<DataBuffer> stream();

	/**
	 * Send the request, which must be a GET without a body, to open a WebSocket. It is
	 * authenticated, filtered, observed and refused as any other request, and has a
	 * connection of its own, with HTTP/1.1 on it.
	 * @param subprotocols the subprotocols to choose from, the preferred one first
	 * @param outgoing returns the messages to send when it is told the subprotocol that
	 * the server has chosen. Each buffer is a binary message. They are subscribed to on
	 * an event loop, which must not be blocked, and asked for as fast as the connection
	 * takes them. Their end does not close the WebSocket; their failure does, and becomes
	 * that of the messages received
	 * @return the binary messages of the server, no faster than they are asked for; the
	 * buffers need not be released. It completes when the server closes the WebSocket in
	 * order, and fails when the connection breaks or the server no longer answers pings.
	 * Cancellation closes the connection
	 */
	Flux<DataBuffer> webSocket(List<String> subprotocols,
			Function<String, ? extends Publisher<? extends DataBuffer>> outgoing);

	/**
	 * Send the request, and drop the body of the response.
	 * @return completes when the server has done what was asked for
	 */
	Mono<Void> send();

}
