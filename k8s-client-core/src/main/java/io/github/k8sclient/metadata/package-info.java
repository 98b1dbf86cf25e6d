/**
 * Objects without anything but their metadata, which is all that the server sends.
 * <p>
 * Begin with {@link io.github.k8sclient.metadata.MetadataClient}; informers of metadata
 * are made by
 * {@link io.github.k8sclient.informer.SharedInformerFactory#forMetadata(Class)}.
 */
@NullMarked
package io.github.k8sclient.metadata;

import org.jspecify.annotations.NullMarked;
