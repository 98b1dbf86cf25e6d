/**
 * Reading and writing API objects as JSON and as protobuf without reflection: the runtime
 * that the generated types call.
 * <p>
 * For generated code and the modules of this project: it may change in any release.
 * Applications meet {@link io.github.k8sclient.codec.Codec},
 * {@link io.github.k8sclient.codec.DecodingOptions} and
 * {@link io.github.k8sclient.codec.DecodingException} only.
 */
@NullMarked
package io.github.k8sclient.codec;

import org.jspecify.annotations.NullMarked;
