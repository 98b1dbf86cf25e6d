/**
 * Reading and writing API objects as JSON and as protobuf without reflection: the runtime
 * that the generated types call.
 */
@NullMarked
package io.github.k8sclient.codec;

import org.jspecify.annotations.NullMarked;
